import {
  Anchor,
  Button,
  Card,
  Menu,
  NavLink,
  UnstyledButton,
  type AnchorProps,
  type ButtonProps,
  type CardProps,
  type MenuItemProps,
  type NavLinkProps,
  type UnstyledButtonProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Native<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement> };

/** Mantine's elements as links of the router. */
export const LinkAnchor = createLink((props: Native<AnchorProps>) => <Anchor {...props} />);
export const LinkButton = createLink((props: Native<ButtonProps>) => <Button component="a" {...props} />);
export const LinkCard = createLink((props: Native<CardProps>) => <Card component="a" {...props} />);
export const LinkNav = createLink((props: Native<NavLinkProps>) => <NavLink component="a" {...props} />);
export const LinkMenuItem = createLink((props: Native<MenuItemProps>) => <Menu.Item component="a" {...props} />);
export const LinkPlain = createLink((props: Native<UnstyledButtonProps>) => (
  <UnstyledButton component="a" {...props} />
));
