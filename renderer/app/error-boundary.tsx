import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Component } from 'react';
import { FaultNotice } from '../ui/fault-notice.tsx';
import classes from './signed-out-screen.module.css';

interface State {
  error: Error | null;
}

/** A mistake of the window's own: the rest of the window stays, and nothing in the controller is touched. Give it a `key` to try again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const fault = {
      code: 'E-WINDOW',
      title: `The window made a mistake: ${error.message}`,
      remedy: 'Nothing was changed by it. Reload the window; if it comes back, copy the details and report it.',
      places: [{ stack: error.stack ?? '' }],
    };
    return (
      <div className={classes.narrow}>
        <FaultNotice fault={fault}>
          <Button size="compact-xs" onClick={() => window.location.reload()}>
            Reload the window
          </Button>
        </FaultNotice>
      </div>
    );
  }
}
