import { IconKey } from '@tabler/icons-react';
import type { FaultData } from '../client/fault.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { PAGE_TITLE_ID } from '../ui/page-header.tsx';
import classes from './signed-out-screen.module.css';
import { Wordmark } from './wordmark.tsx';

const COMMAND = 'npm start';

/** Serve mode, and this window has no session: the link was used, or the controller was started again. */
export function SignedOutScreen({ fault }: { fault: FaultData }) {
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <Wordmark tone="plain" />
        <IconKey size={26} stroke={1.6} aria-hidden className={classes.icon} />
        <h1 id={PAGE_TITLE_ID} className={classes.title}>
          {fault.title}
        </h1>
        <p className={classes.words}>
          Holdfast opens with a link that works once, so that nobody else on this computer can use it. {fault.remedy}
        </p>
        <p className={classes.command}>
          <code>{COMMAND}</code>
          <CopyButton text={COMMAND} what="command" />
        </p>
        <p className={classes.code}>
          <code>{fault.code}</code>
        </p>
      </div>
    </main>
  );
}
