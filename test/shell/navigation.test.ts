import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { describe, expect, test } from 'vitest';
import { confineSession, mayOpenOutside } from '../../electron/shell/navigation.ts';

type Answer = (given: boolean) => void;

/** Stands in for Electron's session, and asks the rules that it was given. */
class RulesOfSession extends EventEmitter {
  private mayRequest = (_contents: object, _permission: string, _answer: Answer): void => undefined;
  private mayHave = (_contents: null, _permission: string, _origin: string): boolean => true;
  private mayUseDevice = (): boolean => true;
  private beforeRequest = (_details: { url: string }, _answer: (response: { cancel: boolean }) => void): void => undefined;

  readonly webRequest = { onBeforeRequest: (rule: typeof this.beforeRequest) => Object.assign(this, { beforeRequest: rule }) };
  setSpellCheckerEnabled = (_isEnabled: boolean) => undefined;
  setPermissionRequestHandler = (rule: typeof this.mayRequest) => Object.assign(this, { mayRequest: rule });
  setPermissionCheckHandler = (rule: typeof this.mayHave) => Object.assign(this, { mayHave: rule });
  setDevicePermissionHandler = (rule: typeof this.mayUseDevice) => Object.assign(this, { mayUseDevice: rule });

  asks(permission: string, url: string): Promise<boolean> {
    return new Promise((resolve) => this.mayRequest({ getURL: () => url }, permission, resolve));
  }

  has(permission: string, origin: string): boolean {
    return this.mayHave(null, permission, origin);
  }

  usesDevice(): boolean {
    return this.mayUseDevice();
  }

  loads(url: string): Promise<boolean> {
    return new Promise((resolve) => this.beforeRequest({ url }, ({ cancel }) => resolve(!cancel)));
  }

  saves(url: string): boolean {
    let isSaved = true;
    const preventDefault = () => {
      isSaved = false;
    };
    this.emit('will-download', { preventDefault }, { getURL: () => url });
    return isSaved;
  }
}

function aConfinedSession(): RulesOfSession {
  const session = new RulesOfSession();
  // Electron's own type has a hundred members more, of which none is used.
  confineSession(session as unknown as Session);
  return session;
}

describe('what a page may do', () => {
  test.each(['app://holdfast/', 'app://holdfast/assets/main.js', 'data:image/svg+xml,x', 'blob:app://holdfast/1234'])(
    'it may load %s',
    async (url) => {
      expect(await aConfinedSession().loads(url)).toBe(true);
    },
  );

  test.each([
    'https://example.com/',
    'http://127.0.0.1:8443/enroll',
    'ws://127.0.0.1:1/',
    'file:///etc/passwd',
    'app://holdfast.example.com/',
    'app://other/',
    'blob:https://example.com/1234',
    'devtools://devtools/bundled/',
    'chrome://settings/',
  ])('it may not load %s', async (url) => {
    expect(await aConfinedSession().loads(url)).toBe(false);
  });

  test('it may save a text that it made, and nothing from elsewhere', () => {
    const session = aConfinedSession();
    expect(session.saves('blob:app://holdfast/1234')).toBe(true);
    expect(session.saves('https://example.com/agent.mjs')).toBe(false);
    expect(session.saves('data:text/html,x')).toBe(false);
  });

  test('a permission is granted to our own page only, and only to copy', async () => {
    const session = aConfinedSession();
    expect(session.has('clipboard-sanitized-write', 'app://holdfast/')).toBe(true);
    expect(await session.asks('clipboard-sanitized-write', 'app://holdfast/')).toBe(true);
    expect(session.has('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'openExternal', 'unknown']) {
      expect(session.has(permission, 'app://holdfast/')).toBe(false);
      expect(await session.asks(permission, 'app://holdfast/')).toBe(false);
    }
    expect(session.usesDevice()).toBe(false);
  });
});

describe('what may be opened in the person’s browser', () => {
  test.each(['https://docs.aws.amazon.com/', 'https://docs.aws.amazon.com/systems-manager/latest/userguide/'])('%s may', (url) => {
    expect(mayOpenOutside(url)).toBe(true);
  });

  test.each([
    'http://docs.aws.amazon.com/',
    'https://docs.aws.amazon.com:8443/',
    'https://user@docs.aws.amazon.com/',
    'https://docs.aws.amazon.com.example.com/',
    'https://example.com/?docs.aws.amazon.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://docs.aws.amazon.com/share',
    'not an address',
  ])('%s may not', (url) => {
    expect(mayOpenOutside(url)).toBe(false);
  });
});
