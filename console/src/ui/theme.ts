import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Card,
  createTheme,
  Input,
  Menu,
  Modal,
  Paper,
  PasswordInput,
  Select,
  Table,
  Tabs,
  Tooltip,
  type MantineColorsTuple,
} from '@mantine/core';

/** Harbour water at dusk: the console's own colour. */
const petrol: MantineColorsTuple = [
  '#e8f3f5',
  '#d0e5e9',
  '#a5cdd5',
  '#74b2be',
  '#4d9bab',
  '#31899a',
  '#1f7788',
  '#146171',
  '#0e4a58',
  '#093641',
];

/** The light in the tower: what is under way. */
const lantern: MantineColorsTuple = [
  '#fdf4e3',
  '#f9e5c0',
  '#f3cf8c',
  '#ecb655',
  '#e5a13a',
  '#cf8721',
  '#ab6a12',
  '#87520c',
  '#643c09',
  '#432805',
];

const moss: MantineColorsTuple = [
  '#e7f4ec',
  '#cde8d7',
  '#9fd3b3',
  '#6dbd8c',
  '#4aab70',
  '#349558',
  '#267c47',
  '#1c6338',
  '#134a2a',
  '#0a311b',
];

const brick: MantineColorsTuple = [
  '#fbeceb',
  '#f6d5d2',
  '#ecaaa5',
  '#e37d76',
  '#d8584f',
  '#c6423a',
  '#ad352e',
  '#8d2a25',
  '#6b201c',
  '#4a1512',
];

/** Neutrals with a little of the water in them. */
const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eef2f2',
  '#e0e6e6',
  '#cdd6d6',
  '#aab6b6',
  '#869494',
  '#647273',
  '#4b5859',
  '#303b3c',
  '#182223',
];

const dark: MantineColorsTuple = [
  '#dfe8e8',
  '#b8c5c6',
  '#98a8a9',
  '#6d7e80',
  '#334244',
  '#263335',
  '#192325',
  '#10181a',
  '#0b1213',
  '#070c0d',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, lantern, green: moss, red: brick, yellow: lantern, gray, dark },
  black: '#16211f',
  fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'IBM Plex Mono', ui-monospace, monospace",
  headings: {
    fontFamily: "'IBM Plex Sans Variable', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this message' } } },
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' }, styles: { body: { minWidth: 0 } } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } }),
    Card: Card.extend({ defaultProps: { withBorder: true, radius: 'md' } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', position: 'bottom-end' } }),
    Modal: Modal.extend({
      styles: { title: { fontWeight: 600 } },
      defaultProps: { radius: 'md', centered: false, yOffset: '8vh', closeButtonProps: { 'aria-label': 'Close' } },
    }),
    Paper: Paper.extend({ defaultProps: { radius: 'md' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 9, horizontalSpacing: 'md', fz: 'sm' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, multiline: true, maw: 300, events: { hover: true, focus: true, touch: true } },
    }),
  },
});
