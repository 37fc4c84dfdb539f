// Loaded into main before the app's own code, by Electron and by its double alike (`-r`): keeps what the app shows outside of its
// pages, where no test can look, and answers questions in a person's place.
const electron = require('electron');

const record = { trays: [], questions: [], answers: [], errors: [], opened: [], when };
globalThis.nativeRecord = record;

const waiting = new Set();

/** Resolves when the condition holds, which is looked at whenever something was recorded. */
function when(condition) {
  return new Promise((resolve) => {
    const look = () => {
      if (!condition()) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
  });
}

function changed() {
  for (const look of [...waiting]) look();
}

function trayOf(tray) {
  let entry = record.trays.find((known) => known.tray === tray);
  if (entry === undefined) {
    entry = { tray, menu: null, toolTip: '', image: null };
    record.trays.push(entry);
  }
  return entry;
}

for (const [method, field] of [
  ['setContextMenu', 'menu'],
  ['setToolTip', 'toolTip'],
  ['setImage', 'image'],
]) {
  const original = electron.Tray.prototype[method];
  electron.Tray.prototype[method] = function keep(value) {
    trayOf(this)[field] = value;
    changed();
    return original.call(this, value);
  };
}

electron.dialog.showMessageBox = async (...given) => {
  const question = given.at(-1);
  const answer = record.answers.shift() ?? question.buttons[question.cancelId ?? 0];
  record.questions.push(question);
  changed();
  return { response: question.buttons.indexOf(answer), checkboxChecked: false };
};

electron.dialog.showErrorBox = (title, text) => {
  record.errors.push({ title, text });
  // The app quits after an error; its output is what is left to look at.
  process.stdout.write(`[error box] ${title} | ${text.replaceAll('\n', ' ')}\n`);
  changed();
};

electron.shell.openExternal = async (url) => {
  record.opened.push(url);
  changed();
};
