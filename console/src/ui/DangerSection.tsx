import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Verdict } from '../can';
import classes from './DangerSection.module.css';
import { GuardedButton } from './Guarded';

interface DangerSectionProps {
  title: string;
  description: ReactNode;
  verdict: Verdict;
  /** What the button says. */
  action: string;
  onAct: () => void;
  /** The question that is asked first. */
  children?: ReactNode;
}

/** Where something is deleted for good, apart from everything else. */
export function DangerSection({ title, description, verdict, action, onAct, children }: DangerSectionProps) {
  return (
    <section className={classes.danger}>
      <Group justify="space-between">
        <div>
          <Title order={2} fz="md">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {description}
          </Text>
        </div>
        <GuardedButton color="red" variant="outline" verdict={verdict} onClick={onAct}>
          {action}
        </GuardedButton>
      </Group>
      {children}
    </section>
  );
}
