import './client/plain-zod.ts';
import './ui/styles.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { applyStoredTheme } from './app/theme-choice.ts';
import { Connection } from './client/connection.ts';
import { Readings } from './client/readings.ts';
import { transportOfThisWindow } from './client/window-transport.ts';

applyStoredTheme();
const connection = new Connection(transportOfThisWindow());
void connection.run();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id “root”.');
createRoot(root).render(<App controller={{ connection, readings: new Readings(connection) }} />);
