import type { MantineColorsTuple, VariantColorsResolver } from '@mantine/core';
import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  createTheme,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Switch,
  Tabs,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { createElement } from 'react';
import classes from './theme.module.css';

/** Ten shades of one token: Mantine asks for ten, the tokens decide what they look like in either theme. */
const shades = (token: string): MantineColorsTuple => [token, token, token, token, token, token, token, token, token, token];

const solid: Record<string, { fill: string; hover: string; ink: string }> = {
  accent: { fill: 'var(--hf-accent)', hover: 'var(--hf-accent-hover)', ink: 'var(--hf-on-accent)' },
  bad: { fill: 'var(--hf-bad-strong)', hover: 'var(--hf-bad-fill)', ink: '#ffffff' },
};
const ink: Record<string, string> = { accent: 'var(--hf-accent-text)', bad: 'var(--hf-bad)', gray: 'var(--hf-text-soft)' };
const soft: Record<string, string> = { accent: 'var(--hf-accent-soft)', bad: 'var(--hf-bad-soft)', gray: 'var(--hf-hover)' };

const variantColors: VariantColorsResolver = ({ color = 'accent', variant }) => {
  const line = '1px solid transparent';
  const text = ink[color] ?? 'var(--hf-text-soft)';
  const ground = soft[color] ?? 'var(--hf-hover)';
  switch (variant) {
    case 'filled': {
      const {
        fill,
        hover,
        ink: onFill,
      } = solid[color] ?? { fill: 'var(--hf-accent)', hover: 'var(--hf-accent-hover)', ink: 'var(--hf-on-accent)' };
      return { background: fill, hover, color: onFill, border: line };
    }
    case 'light':
      return { background: ground, hover: 'var(--hf-accent-soft-hover)', color: text, border: line };
    case 'subtle':
    case 'transparent':
      return { background: 'transparent', hover: variant === 'subtle' ? ground : 'transparent', color: text, border: line };
    default:
      return { background: 'var(--hf-surface)', hover: 'var(--hf-hover)', color: text, border: '1px solid var(--hf-line-strong)' };
  }
};

const field = {
  size: 'xs',
  inputWrapperOrder: ['label' as const, 'input' as const, 'error' as const, 'description' as const],
  classNames: { label: classes.label, description: classes.description, error: classes.error, input: classes.input },
};
const list = {
  ...field,
  comboboxProps: { shadow: 'sm' },
  classNames: { ...field.classNames, option: classes.option, dropdown: classes.dropdown },
};

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: shades('var(--hf-accent)'), bad: shades('var(--hf-bad)') },
  variantColorResolver: variantColors,
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusClassName: classes.focus,
  defaultRadius: 'sm',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Autocomplete: Autocomplete.extend({ defaultProps: list }),
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default', classNames: { root: classes.button } } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', iconColor: 'var(--hf-on-accent)', classNames: { label: classes.choice } } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'sm', classNames: { dropdown: classes.dropdown, item: classes.option } } }),
    // The page itself never scrolls, so there is nothing to lock; the lock would make a style element, which the policy refuses.
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        // Mantine makes it a <header>, which outside of a section is the banner of the whole page.
        attributes: { header: { role: 'presentation' } },
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.38 },
        centered: true,
        transitionProps: { duration: 120 },
        classNames: { title: classes.dialogTitle, content: classes.dialog, header: classes.dialogHeader },
      },
    }),
    MultiSelect: MultiSelect.extend({ defaultProps: list }),
    NumberInput: NumberInput.extend({ defaultProps: field }),
    Popover: Popover.extend({ defaultProps: { shadow: 'sm', classNames: { dropdown: classes.dropdown } } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs', iconColor: 'var(--hf-on-accent)', classNames: { label: classes.choice } } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', classNames: { root: classes.segments, label: classes.segment, indicator: classes.segmentMark } },
    }),
    Select: Select.extend({
      defaultProps: { ...list, rightSection: createElement(IconChevronDown, { size: 14, 'aria-hidden': true }), allowDeselect: false },
    }),
    Switch: Switch.extend({ defaultProps: { size: 'xs', classNames: { label: classes.choice } } }),
    Tabs: Tabs.extend({ defaultProps: { classNames: { tab: classes.tab, list: classes.tabs }, keepMounted: false } }),
    TagsInput: TagsInput.extend({ defaultProps: list }),
    Textarea: Textarea.extend({ defaultProps: field }),
    TextInput: TextInput.extend({ defaultProps: field }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        withArrow: false,
        multiline: true,
        maw: 360,
        events: { hover: true, focus: true, touch: true },
        classNames: { tooltip: classes.tooltip },
      },
    }),
  },
});
