import '@mantine/spotlight/styles.css';
import { Spotlight, useSpotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBuildingFortress, IconBox, IconSearch } from '@tabler/icons-react';
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { applicationsQuery, environmentsQuery, projectsQuery } from '../../api/queries';
import type { SessionTeam } from '../../api/types';
import { paths } from '../../routes';
import { paletteStore } from './paletteStore';

/** Ctrl+K: go to anything of the team by its name. What it lists is read when it is opened. */
export function Palette({ team }: { team: SessionTeam | undefined }) {
  const { opened } = useSpotlight(paletteStore);
  const groups = usePlaces(team, opened);
  return (
    <Spotlight
      actions={groups}
      store={paletteStore}
      shortcut={null}
      nothingFound="Nothing is called that. Try a part of a project's or application's name."
      highlightQuery
      scrollable
      maxHeight={420}
      limit={30}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Go to a project, an application, a page',
        'aria-label': 'Go to',
      }}
    />
  );
}

function usePlaces(team: SessionTeam | undefined, active: boolean): SpotlightActionGroupData[] {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const enabled = active && team !== undefined;
  const projects = useQuery({ ...projectsQuery(team?.id ?? ''), enabled });
  const environments = useQueries({
    queries: (projects.data ?? []).map((project) => ({ ...environmentsQuery(project.id), enabled })),
  });
  const everyEnvironment = environments.flatMap(({ data }) => data ?? []);
  const applications = useQueries({
    queries: everyEnvironment.map((environment) => ({ ...applicationsQuery(environment.id), enabled })),
  });
  if (!team) return [];

  const projectName = new Map(projects.data?.map(({ id, name }) => [id, name]));
  const environmentOf = new Map(everyEnvironment.map((environment) => [environment.id, environment]));
  const inTeam = { params: { team: team.id } };
  const page = (
    label: string,
    to: (typeof paths)[
      'projects' | 'servers' | 'realms' | 'credentials' | 'members' | 'tokens' | 'audit' | 'teamSettings'],
  ): SpotlightActionData => ({
    id: to,
    label,
    onClick: () => void navigate({ to, ...inTeam, search: {} }),
  });
  return [
    {
      group: 'Applications',
      actions: applications
        .flatMap(({ data }) => data ?? [])
        .map((application) => {
          const environment = environmentOf.get(application.environmentId);
          return {
            id: application.id,
            label: application.name,
            description: `${projectName.get(application.projectId) ?? ''} / ${environment?.name ?? ''}`,
            leftSection: <IconBox size={18} aria-hidden />,
            onMouseEnter: () => queryClient.setQueryData(['application', application.id], application),
            onClick: () => void navigate({ to: paths.application, params: { application: application.id } }),
          };
        }),
    },
    {
      group: 'Projects',
      actions: (projects.data ?? []).map((project) => ({
        id: project.id,
        label: project.name,
        description: project.description,
        leftSection: <IconBuildingFortress size={18} aria-hidden />,
        onClick: () => void navigate({ to: paths.project, params: { project: project.id } }),
      })),
    },
    {
      group: 'Pages',
      actions: [
        page('Projects', paths.projects),
        page('Servers', paths.servers),
        page('Realms: users, clients, sign-in', paths.realms),
        page('Git credentials', paths.credentials),
        page('Members and invitations', paths.members),
        page('API tokens', paths.tokens),
        page('Audit log', paths.audit),
        page('Team settings', paths.teamSettings),
        { id: 'account', label: 'Account, password, sessions', onClick: () => void navigate({ to: paths.account }) },
      ],
    },
  ];
}
