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

/** Keeps what the app puts on it, and shows it to nobody. */
export class Tray extends ModelledEvents {
  image: object;
  toolTip = '';
  menu: Menu | null = null;

  constructor(image: object) {
    super(['click']);
    this.image = image;
  }

  setImage(image: object): void {
    this.image = image;
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }
}

const nobody = (what: string) => () => {
  throw new Error(`nobody is here to see ${what}: record-native.cjs answers in a person's place`);
};

export const dialog = modelled('dialog', { showMessageBox: nobody('a question'), showErrorBox: nobody('an error') });
export const shell = modelled('shell', { openExternal: nobody('a browser') });
