import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { Controller } from '../client/connection-context.ts';
import { ControllerContext, useConnectionState } from '../client/connection-context.ts';
import { theme } from '../ui/theme.ts';
import classes from './app.module.css';
import { ConnectingScreen } from './connecting-screen.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { SignedOutScreen } from './signed-out-screen.tsx';
import { themeKeeper } from './theme-choice.ts';

/** Mantine's variables and classes come from our style sheets, so nothing here makes a style element: the policy allows none. */
export function App({ controller }: { controller: Controller }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={themeKeeper}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Notifications position="bottom-right" limit={4} classNames={{ root: classes.toasts, notification: classes.toast }} />
      <ControllerContext value={controller}>
        <ErrorBoundary>
          <Window />
        </ErrorBoundary>
      </ControllerContext>
    </MantineProvider>
  );
}

function Window() {
  const state = useConnectionState();
  switch (state.kind) {
    case 'connecting':
      return <ConnectingScreen />;
    case 'connected':
    case 'reconnecting':
      return <Frame />;
    case 'signed-out':
      return <SignedOutScreen fault={state.fault} />;
  }
}
