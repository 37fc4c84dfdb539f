import { createContext, use, useSyncExternalStore } from 'react';
import type { Connection, ConnectionState } from './connection.ts';
import type { Readings } from './readings.ts';

export interface Controller {
  connection: Connection;
  readings: Readings;
}

export const ControllerContext = createContext<Controller | null>(null);

export function useController(): Controller {
  const controller = use(ControllerContext);
  if (controller === null) throw new Error('A screen was shown outside of ControllerContext.');
  return controller;
}

export function useConnectionState(): ConnectionState {
  const { connection } = useController();
  return useSyncExternalStore(connection.onState, connection.state);
}
