import classes from './connecting-screen.module.css';
import { Wordmark } from './wordmark.tsx';

/** Before the first line to the controller: usually too short to be seen, so it comes up slowly. */
export function ConnectingScreen() {
  return (
    <main className={classes.screen}>
      <div className={classes.words} role="status">
        <Wordmark tone="plain" />
        <p className="hf-faint">Connecting to the controller…</p>
      </div>
    </main>
  );
}
