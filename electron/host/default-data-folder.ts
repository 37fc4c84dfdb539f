import envPaths from 'env-paths';

/** Where this platform keeps a user's application data; the desktop app and serve mode share it. */
export const defaultDataFolder = (): string => envPaths('holdfast', { suffix: '' }).data;
