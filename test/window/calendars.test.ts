import { afterAll, beforeAll, expect, test } from 'vitest';
import { anEvent, calendarText } from '../agent/calendar/a-calendar.ts';
import { LabWindow } from './lab-window.ts';

let lab: LabWindow;

/** As long as the browser waits for what it is told to press. */
const PATIENCE = { timeout: 20_000 };

beforeAll(async () => {
  lab = await LabWindow.open({ sampleNodes: 0 });
});

afterAll(() => lab.close());

/** As the controller and this test's clock have it: times of a calendar are given as dates from today on. */
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

/** In both themes, for axe and for a person. */
async function look(name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await lab.page.emulateMedia({ colorScheme });
    await lab.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await lab.looksRight(name);
  }
}

test('a calendar is made with its first event, after a look at who runs by it', async () => {
  const { page } = lab;
  await lab.go('#/calendars');
  await page.getByText('There is no change calendar yet').waitFor();
  await look('calendars-empty');
  await page.getByRole('button', { name: 'New calendar' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New calendar' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Night-Window');
  await dialog.getByRole('radio', { name: /Closed by default/ }).check();
  await dialog.getByRole('textbox', { name: 'Title of the event' }).fill('Nightly maintenance');
  await dialog.getByText('Every week', { exact: true }).click();
  for (const weekday of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']) {
    await dialog.getByRole('checkbox', { name: weekday }).check();
  }
  await look('calendar-new');
  await dialog.getByRole('button', { name: 'Review and make' }).click();
  const review = page.getByRole('dialog', { name: /Make the calendar/ });
  await review.getByRole('button', { name: /Make the calendar/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Night-Window' }).waitFor();
  await page.getByText('Every week on').first().waitFor();
});

test('what is wrong with a file is said on its lines, and nothing is imported', async () => {
  const { page } = lab;
  await lab.go('#/calendars');
  await page.getByRole('button', { name: 'Import a file' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Import a calendar' });
  await dialog.getByRole('textbox', { name: 'Calendar' }).fill('Exams');
  await dialog.getByRole('textbox', { name: 'Or its text' }).fill(calendarText([anEvent(['EXDATE:20260105T180000Z'], 'Exam')], []));
  await dialog.getByText(/cancelled or moved one by one/).waitFor();
  await dialog.getByText('Line 9').waitFor();
  expect(await dialog.getByRole('button', { name: 'Review and import' }).isDisabled()).toBe(true);
  await look('calendar-import-problems');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('a file is chosen, its events are seen before they are imported, and importing it again replaces them', async () => {
  const { page } = lab;
  const file = (title: string) => ({
    name: 'Exams 2026.ics',
    mimeType: 'text/calendar',
    buffer: Buffer.from(
      calendarText(
        [
          anEvent(
            [`DTSTART;TZID=Europe/Berlin:${day(0)}T080000`, `DTEND;TZID=Europe/Berlin:${day(0)}T120000`, 'RRULE:FREQ=WEEKLY;COUNT=6'],
            title,
          ),
          anEvent([`DTSTART;VALUE=DATE:${day(2)}`, `DTEND;VALUE=DATE:${day(4)}`], '<b>Open house</b>'),
          anEvent([`DTSTART:${day(1)}T100000Z`, `DTEND:${day(1)}T110000Z`, 'X-EVENT-TYPE:ADVISORY'], 'Visit'),
        ],
        [],
      ),
    ),
  });
  await lab.go('#/calendars?open=import');
  const dialog = page.getByRole('dialog', { name: 'Import a calendar' });
  await dialog.locator('input[type="file"]').setInputFiles(file('Exam week'));
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Calendar' }).inputValue(), PATIENCE).toBe('Exams-2026');
  await dialog.getByText('3 events').waitFor();
  await dialog.getByText('Every week on', { exact: false }).first().waitFor();
  await look('calendar-import');
  await dialog.getByRole('button', { name: 'Review and import' }).click();
  await page
    .getByRole('dialog', { name: /Import “Exams 2026.ics”/ })
    .getByRole('button', { name: /Import the events/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Exams-2026' }).waitFor();
  await page.getByRole('list', { name: 'Events of the calendar' }).getByText('<b>Open house</b>').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const again = page.getByRole('dialog', { name: /Import events into/ });
  await again.locator('input[type="file"]').setInputFiles(file('Exam fortnight'));
  await again.getByText('3 events').waitFor();
  await again.getByRole('button', { name: 'Review and import' }).click();
  await page
    .getByRole('dialog', { name: /Import “Exams 2026.ics”/ })
    .getByRole('button', { name: /Import the events/ })
    .click();
  const events = page.getByRole('list', { name: 'Events of the calendar' });
  await events.getByText('Exam fortnight').waitFor();
  expect(await events.getByRole('listitem').count()).toBe(3);
});

test('an association waits for it; the month shows its runs, and which of them will be skipped', async () => {
  const { page } = lab;
  await lab.go('#/associations/new');
  await page.getByRole('textbox', { name: 'commands' }).fill('true');
  await page.getByRole('radio', { name: 'Every machine' }).check();
  await page.getByRole('radio', { name: 'Every so often' }).check();
  await page.getByRole('textbox', { name: 'Schedule expression' }).fill('cron(0 0/8 * * ? *)');
  await page.getByRole('button', { name: /^More settings/ }).click();
  await page.getByLabel('Change calendars').first().click();
  await page.getByRole('option', { name: 'Exams-2026' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Holdfast-RunShellScript' }).waitFor();
  // The day after tomorrow is closed as a whole; on the last days of a month it is in the next one.
  await lab.go(`#/calendars/Exams-2026?month=${day(2).slice(0, 4)}-${day(2).slice(4, 6)}`);
  await page.getByRole('region', { name: 'Waiting for it' }).getByRole('link', { name: 'Holdfast-RunShellScript' }).waitFor();
  await page.getByText('3 runs skipped').first().waitFor();
  await look('calendar');
});

test('days are gone through by keyboard, and each says what it is', async () => {
  const { page } = lab;
  const pressed = page.locator('table button[aria-pressed="true"]');
  await pressed.focus();
  const before = await pressed.textContent();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => pressed.textContent(), PATIENCE).not.toBe(before);
  expect(await pressed.textContent()).toMatch(/^\w+day \d+ \w+: (open|closed)/);
  expect(await pressed.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'The month after' }).click();
  await lab.settled();
});

test('any moment can be asked for', async () => {
  const { page } = lab;
  await page.getByLabel('What is it at').fill('2020-01-01T12:00');
  const answer = page.getByRole('region', { name: 'At another time' });
  await answer.getByText('Open').waitFor();
  await answer.getByText(/until/).waitFor();
});

test('one that associations wait for is not deleted; an event is taken out, and one that nobody waits for goes', async () => {
  const { page } = lab;
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page
    .getByRole('dialog', { name: /is in use/ })
    .getByRole('link', { name: 'Holdfast-RunShellScript' })
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove Visit' }).click();
  await page
    .getByRole('dialog', { name: /Remove “Visit”/ })
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect.poll(() => page.getByRole('list', { name: 'Events of the calendar' }).getByRole('listitem').count(), PATIENCE).toBe(2);
  await lab.go('#/calendars/Night-Window');
  await page.getByRole('heading', { level: 1, name: 'Night-Window' }).waitFor();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page
    .getByRole('dialog', { name: /Delete the calendar/ })
    .getByRole('button', { name: /Delete the calendar/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Calendars' }).waitFor();
  await page.getByRole('row', { name: /Exams-2026/ }).waitFor();
  await look('calendars');
  expect(await page.getByRole('row', { name: /Night-Window/ }).count()).toBe(0);
  expect(lab.complaints).toEqual([]);
});
