import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction } from '../../api/hooks';
import type { Environment } from '../../api/types';
import { endpoints, paths } from '../../routes';
import { ActionForm } from '../../ui/ActionForm';

interface NewEnvironmentProps {
  project: string;
  opened: boolean;
  onClose: () => void;
}

export function NewEnvironment({ project, opened, onClose }: NewEnvironmentProps) {
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const create = useAction({
    run: () => client.post<Environment>(endpoints.environments(project), { name: name.trim() }),
    invalidates: [['environments', project]],
    onDone: (environment) => {
      setName('');
      onClose();
      void navigate({ to: paths.environment, params: { environment: environment.id } });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="New environment">
      <ActionForm action={create} submit="Create environment" disabled={name.trim() === ''} onCancel={onClose}>
        <TextInput
          label="Name"
          description="Applications of one environment share a private network and see none of another."
          placeholder="staging"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={create.problem?.field('name')}
        />
      </ActionForm>
    </Modal>
  );
}
