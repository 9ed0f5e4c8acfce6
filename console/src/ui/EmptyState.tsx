import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  title: string;
  /** What to do next. */
  children: ReactNode;
  action?: ReactNode;
  /** The title's level: 1 where it is the page's own. */
  order?: 1 | 2;
}

/** An empty list says what would be in it and what to do next. */
export function EmptyState({ title, children, action, order = 2 }: EmptyStateProps) {
  return (
    <Center py={48} px="md">
      <Stack align="center" gap="sm" maw={420} ta="center">
        <svg width="76" height="40" viewBox="0 0 76 40" fill="none" aria-hidden>
          <path
            d="M2 38V14h8v6h8v-6h8v6h8v-6h8v6h8v-6h8v6h8v-6h8v24"
            stroke="var(--mantine-color-default-border)"
            strokeWidth="2"
          />
          <path d="M33 38v-8a5 5 0 0 1 10 0v8z" fill="var(--hk-lantern)" opacity="0.75" />
          <path d="M0 38h76" stroke="var(--mantine-color-default-border)" strokeWidth="2" />
        </svg>
        <Title order={order}>{title}</Title>
        <Text size="sm" c="dimmed">
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}
