import type { Room } from './room.ts';

/** What makes the product and is no part of it. */
export const buildRooms: readonly Room[] = [
  {
    path: 'build',
    charter: 'The commands behind npm, and what makes programs out of sources.',
    mayImport: ['build/bootstrap'],
    packages: ['node:*', 'esbuild', 'vite', 'vitest/config', '@vitejs/plugin-react', 'electron-builder'],
    because: 'makes the product and is no part of it',
  },
  {
    path: 'build/bootstrap',
    charter: 'What a command does before anything is installed: plain JavaScript for Node 20, built-ins only.',
    mayImport: [],
    packages: ['node:*'],
    because: 'runs before anything is installed',
  },
  {
    path: 'build/lint',
    charter: "Lint rules of our own, in Biome's query language.",
    mayImport: [],
    packages: [],
    because: 'is data for the linter',
  },
  {
    path: 'build/resources',
    charter: 'Pictures of the window, for the README.',
    mayImport: [],
    packages: [],
    because: 'is shown and not run',
  },
  {
    path: 'build/tsconfig',
    charter: 'One TypeScript project per side: what is not referenced cannot be imported.',
    mayImport: [],
    packages: [],
    because: 'is data for the compiler',
  },
];
