import {
  ActionIcon,
  Button,
  Menu,
  Tooltip,
  type ActionIconProps,
  type ButtonProps,
  type MenuItemProps,
} from '@mantine/core';
import type { ComponentPropsWithoutRef, MouseEvent } from 'react';
import type { Verdict } from '../can';

interface Guard {
  verdict: Verdict;
}

type NativeButton<P> = P & Omit<ComponentPropsWithoutRef<'button'>, keyof P>;

function guard(verdict: Verdict, onClick: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined) {
  const blocked = !verdict.allowed;
  return {
    'aria-disabled': blocked || undefined,
    'data-disabled': blocked || undefined,
    onClick: blocked ? (event: MouseEvent<HTMLButtonElement>) => event.preventDefault() : onClick,
  };
}

const reasonOf = (verdict: Verdict) => (verdict.allowed ? '' : verdict.reason);

/** A button for an action that may not be available: then it stays reachable and says why. */
export function GuardedButton({ verdict, onClick, type = 'button', ...props }: NativeButton<ButtonProps> & Guard) {
  return (
    <Tooltip label={reasonOf(verdict)} disabled={verdict.allowed}>
      <Button {...props} type={verdict.allowed ? type : 'button'} {...guard(verdict, onClick)} />
    </Tooltip>
  );
}

export function GuardedIcon({
  verdict,
  onClick,
  label,
  ...props
}: NativeButton<ActionIconProps> & Guard & { label: string }) {
  return (
    <Tooltip label={verdict.allowed ? label : verdict.reason}>
      <ActionIcon {...props} aria-label={label} {...guard(verdict, onClick)} />
    </Tooltip>
  );
}

export function GuardedMenuItem({ verdict, onClick, ...props }: NativeButton<MenuItemProps> & Guard) {
  return (
    <Tooltip label={reasonOf(verdict)} disabled={verdict.allowed} position="left">
      <Menu.Item {...props} closeMenuOnClick={verdict.allowed} {...guard(verdict, onClick)} />
    </Tooltip>
  );
}
