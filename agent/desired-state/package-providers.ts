import { apkProvider, brewProvider } from './apk-and-brew-providers.ts';
import { aptProvider } from './apt-provider.ts';
import type { PackageProvider } from './package-plan.ts';
import { dnfProvider, zypperProvider } from './rpm-providers.ts';
import { chocoProvider, wingetProvider } from './windows-package-providers.ts';

/** In the order in which they are looked for on a node: where several are, the system's own comes first. */
export const packageProviders: readonly PackageProvider[] = [
  aptProvider,
  dnfProvider,
  zypperProvider,
  apkProvider,
  brewProvider,
  wingetProvider,
  chocoProvider,
];
