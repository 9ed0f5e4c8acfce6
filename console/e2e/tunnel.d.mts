import type { ListenOptions, NetConnectOpts, Server } from 'node:net';

export function tunnel(from: ListenOptions, to: NetConnectOpts): Server;
