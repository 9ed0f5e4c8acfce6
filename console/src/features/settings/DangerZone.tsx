import { Alert, Checkbox, List, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client';
import { useApplication } from '../../api/deploy';
import { useAction } from '../../api/hooks';
import { deletionPreviewQuery } from '../../api/queries';
import type { Application, DeletionPreview } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { DangerSection } from '../../ui/DangerSection';
import { QueryView } from '../../ui/QueryView';

export function DangerZone({ application }: { application: Application }) {
  const { permissions } = useApplication();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [volumes, setVolumes] = useState<'keep' | 'delete'>('keep');
  const [abandon, setAbandon] = useState(false);
  const preview = useQuery({ ...deletionPreviewQuery(application.id), enabled: asking });
  const remove = useAction({
    run: () =>
      client.delete(endpoints.application(application.id), {
        query: { volumes, abandon: abandon ? 'true' : undefined },
        ifMatch: application.version,
      }),
    invalidates: [['applications', application.environmentId]],
    done: `${application.name} is being deleted.`,
    onDone: () => void navigate({ to: paths.environment, params: { environment: application.environmentId } }),
  });
  return (
    <DangerSection
      title="Delete this application"
      description="You see what goes before it goes."
      verdict={can.deleteApplication(permissions)}
      action="Delete application"
      onAct={() => setAsking(true)}
    >
      <ConfirmDelete
        opened={asking}
        onClose={() => setAsking(false)}
        subject={application.name}
        typed={application.name}
        busy={remove.busy}
        problem={remove.problem}
        onConfirm={() => remove.run()}
      >
        <QueryView query={preview}>
          {(found) => (
            <Stack gap="sm" data-testid="deletion-preview">
              <Text size="sm">This goes for good:</Text>
              <List size="sm" spacing={2}>
                {whatGoes(found).map((line) => (
                  <List.Item key={line} className="hk-break">
                    {line}
                  </List.Item>
                ))}
              </List>
              {found.serverProblem !== undefined && (
                <Alert color="yellow" title="The server does not answer">
                  <Stack gap="xs">
                    <Text size="sm">
                      {found.serverProblem} Its containers and volumes are not listed, and the application goes once the
                      server answers again.
                    </Text>
                    <Checkbox
                      label="The server is gone for good: abandon what is on it"
                      checked={abandon}
                      onChange={(event) => setAbandon(event.currentTarget.checked)}
                    />
                  </Stack>
                </Alert>
              )}
              {found.volumes.length > 0 && (
                <Radio.Group
                  label={`Volumes: ${found.volumes.join(', ')}`}
                  value={volumes}
                  onChange={(value) => setVolumes(value === 'delete' ? 'delete' : 'keep')}
                >
                  <Stack gap={6} mt={6}>
                    <Radio value="keep" label="Keep the volumes and their data on the server" />
                    <Radio value="delete" label="Delete the volumes and their data" color="red" />
                  </Stack>
                </Radio.Group>
              )}
            </Stack>
          )}
        </QueryView>
      </ConfirmDelete>
    </DangerSection>
  );
}

function whatGoes(preview: DeletionPreview): string[] {
  return [
    named('container', 'containers', preview.containers),
    named('domain', 'domains', preview.domains),
    preview.images.length > 0
      ? `${preview.images.length} built ${preview.images.length === 1 ? 'image' : 'images'}`
      : '',
    preview.releases > 0 ? `${preview.releases} kept ${preview.releases === 1 ? 'release' : 'releases'}` : '',
    `${preview.deployments} ${preview.deployments === 1 ? 'deployment' : 'deployments'} and their logs (${kilobytes(preview.logBytes)})`,
    'its configuration and variables',
  ].filter((line) => line !== '');
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString('en')} kB`;
}

function named(one: string, many: string, names: string[]): string {
  if (names.length === 0) return '';
  return `${names.length} ${names.length === 1 ? one : many}: ${names.join(', ')}`;
}
