import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Invitation, Role } from '../../api/types';
import { endpoints } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';
import { CopyField } from '../../ui/Copy';
import { ROLES } from '../../ui/roles';

export function Invite({ team, onClose }: { team: string; onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('developer');
  const invite = useAction({
    run: () => client.post<Invitation>(endpoints.invitations(team), { email: email.trim(), role }),
    invalidates: [['invitations', team]],
  });
  if (invite.output?.link) {
    return (
      <Stack>
        <Text size="sm">
          Hand this link to {invite.output.email}. It is shown once, works once, and lets whoever holds it join the
          team.
        </Text>
        <CopyField label="Invitation link" value={invite.output.link} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <ActionForm action={invite} submit="Make the link" disabled={email.trim() === ''} onCancel={onClose}>
      <TextInput
        label="Email"
        type="email"
        required
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={invite.problem?.field('email')}
      />
      <Radio.Group label="Role" value={role} onChange={(value) => setRole(value)}>
        <Stack gap={8} mt={6}>
          {ROLES.filter(({ value }) => value !== 'none').map(({ value, label, description }) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </Stack>
      </Radio.Group>
    </ActionForm>
  );
}
