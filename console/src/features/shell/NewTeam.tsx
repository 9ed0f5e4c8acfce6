import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Team } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';

export function NewTeam({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useAction({
    run: () => client.post<Team>(endpoints.teams, { name: name.trim() }),
    invalidates: [['session']],
    onDone: (team) => {
      setName('');
      onClose();
      void navigate({ to: paths.projects, params: { team: team.id } });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="New team">
      <ActionForm action={create} submit="Create team" disabled={name.trim() === ''} onCancel={onClose}>
        <TextInput
          label="Name"
          description="A team has its own projects, servers, members and tokens."
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </ActionForm>
    </Modal>
  );
}
