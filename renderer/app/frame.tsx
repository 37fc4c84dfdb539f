import { useEffect } from 'react';
import { calls } from '../client/calls.ts';
import { useCall } from '../client/use-call.ts';
import { RemedyDialog } from '../review/remedy-dialog.tsx';
import { RunNowDialog } from '../review/run-now-dialog.tsx';
import { routeOf, screenOf } from '../routes.ts';
import { useAddress } from '../ui/address.ts';
import { PAGE_TITLE_ID } from '../ui/page-header.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import classes from './frame.module.css';
import { LeaveDialog } from './leave-dialog.tsx';
import { Navigation } from './navigation.tsx';
import { Screen } from './screen.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const MAIN_ID = 'main';

export function Frame() {
  const hash = useAddress();
  const route = routeOf(hash);
  const screen = screenOf(hash);
  useShortcuts();
  useArrival(screen);
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href={`#${MAIN_ID}`} onClick={skipToMain}>
        Skip to the content
      </a>
      <Navigation page={route.page} />
      <div className={classes.column}>
        <TopBar />
        <ConnectionBanner />
        <main id={MAIN_ID} className={classes.main} tabIndex={-1}>
          <ErrorBoundary key={screen}>
            <Screen route={route} />
          </ErrorBoundary>
        </main>
      </div>
      <CommandPalette />
      <ShortcutList />
      <RunNowDialog />
      <RemedyDialog />
      <LeaveDialog />
    </div>
  );
}

/** The address is ours for screens, so the link must not become one. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById(MAIN_ID)?.focus();
}

let isFirstScreen = true;

/** Opening a screen moves focus to its title, scrolls it to its top, and names the window after it. */
function useArrival(screen: string): void {
  const facts = useCall(calls.site.facts());
  const siteName = facts.status === 'full' ? facts.answer.siteName : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving is what this is about
  useEffect(() => {
    document.getElementById(MAIN_ID)?.scrollTo(0, 0);
    if (isFirstScreen) isFirstScreen = false;
    else document.getElementById(PAGE_TITLE_ID)?.focus({ preventScroll: true });
  }, [screen]);
  useEffect(() => {
    const title = document.getElementById(PAGE_TITLE_ID);
    if (title === null) return;
    const name = () => {
      document.title = [title.textContent, siteName ?? 'Holdfast'].filter((part) => part !== null && part !== '').join(' · ');
    };
    name();
    const observer = new MutationObserver(name);
    observer.observe(title, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  });
}
