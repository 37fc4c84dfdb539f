import type { MenuItemConstructorOptions } from 'electron';
import { ModelledEvents, modelled } from './modelled.ts';

/** One line of a menu, as the app described it. Clicking a line that is not enabled does nothing, as on a real menu. */
class MenuItem {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  private readonly onClick: () => void;

  constructor({ label = '', type = 'normal', enabled = true, click, role }: MenuItemConstructorOptions) {
    if (role !== undefined) throw new Error(`the double of electron does not model the menu role ${role}`);
    this.label = label;
    this.type = type;
    this.enabled = enabled;
    this.onClick = () => Reflect.apply(click ?? (() => undefined), undefined, []);
  }

  click(): void {
    if (this.enabled) this.onClick();
  }
}

export class Menu {
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template.map((line) => new MenuItem(line)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    if (menu !== null) throw new Error('the double of electron models no menu bar');
  }
}

/** Shows nothing; `test/shell/record-native.cjs` keeps what the app put on it, here and on a real desktop alike. */
export class Tray extends ModelledEvents {
  constructor(_image: object) {
    super(['click']);
  }

  setImage(_image: object): void {}
  setToolTip(_text: string): void {}
  setContextMenu(_menu: Menu): void {}
}

const nobody = (what: string) => () => {
  throw new Error(`nobody is here to see ${what}: record-native.cjs answers in a person's place`);
};

export const dialog = modelled('dialog', { showMessageBox: nobody('a question'), showErrorBox: nobody('an error') });
export const shell = modelled('shell', { openExternal: nobody('a browser') });
