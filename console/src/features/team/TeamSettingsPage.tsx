import { Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useAction, useParam, usePermissions } from '../../api/hooks';
import { teamQuery } from '../../api/queries';
import type { Team } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { GuardedButton } from '../../ui/Guarded';
import { Page, Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryView } from '../../ui/QueryView';

export function TeamSettingsPage() {
  const team = useQuery(teamQuery(useParam('team')));
  return (
    <Page title="Team settings">
      <QueryView query={team}>
        {(found) => (
          <Stack maw={640}>
            <Rename key={found.version} team={found} />
            <Delete team={found} />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function Rename({ team }: { team: Team }) {
  const permissions = usePermissions(team.id);
  const [name, setName] = useState(team.name);
  const save = useAction({
    run: () => client.patch(endpoints.team(team.id), { name: name.trim() }, { ifMatch: team.version }),
    invalidates: [['team', team.id], ['session']],
    done: 'The team is renamed.',
  });
  return (
    <Section title="Name">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.run();
        }}
      >
        <Stack>
          <TextInput
            label="Team name"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.problem?.field('name')}
          />
          <ProblemAlert error={save.problem} />
          <Group justify="flex-end">
            <GuardedButton
              type="submit"
              loading={save.busy}
              verdict={
                name.trim() === team.name || name.trim() === ''
                  ? { allowed: false, reason: 'Type another name first.' }
                  : can.changeTeam(permissions)
              }
            >
              Save
            </GuardedButton>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Delete({ team }: { team: Team }) {
  const permissions = usePermissions(team.id);
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useAction({
    run: () => client.delete(endpoints.team(team.id), { ifMatch: team.version }),
    invalidates: [['session']],
    onDone: () => void navigate({ to: paths.home }),
  });
  return (
    <Section>
      <Group justify="space-between">
        <div>
          <Title order={2} fz="md">
            Delete this team
          </Title>
          <Text size="sm" c="dimmed">
            Once it has no projects and servers any more.
          </Text>
        </div>
        <GuardedButton
          color="red"
          variant="outline"
          verdict={can.deleteTeam(permissions)}
          onClick={() => setAsking(true)}
        >
          Delete team
        </GuardedButton>
      </Group>
      <ConfirmDelete
        opened={asking}
        onClose={() => setAsking(false)}
        subject="the team"
        typed={team.name}
        busy={remove.busy}
        problem={remove.problem}
        onConfirm={() => remove.run()}
      />
    </Section>
  );
}
