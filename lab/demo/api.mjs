// The control plane's public API, as the demo uses it: a signed-in session.

export class ApiError extends Error {
  constructor(method, path, status, problem) {
    super(`${method} ${path} was answered with ${status}: ${problem?.detail ?? problem?.title ?? 'no explanation'}`);
    this.status = status;
    this.problem = problem;
  }
}

export class Api {
  #base;
  #cookie = '';
  #csrfToken;

  constructor(base) {
    this.#base = base;
  }

  async ready() {
    try {
      return (await fetch(`${this.#base}/health/ready`)).ok;
    } catch {
      return false;
    }
  }

  /** Signs in and answers the session: user, teams. */
  async signIn(email, password) {
    await this.post('/session', { email, password });
    const session = await this.get('/session');
    this.#csrfToken = session.csrfToken;
    return session;
  }

  get(path) {
    return this.#call('GET', path);
  }

  post(path, body) {
    return this.#call('POST', path, body);
  }

  patch(path, body, etag) {
    return this.#call('PATCH', path, body, etag);
  }

  /** One resource with its entity tag, to change it. */
  async getTagged(path) {
    const response = await this.#send('GET', path);
    return { body: await response.json(), etag: response.headers.get('etag') };
  }

  /** All items of a list, page by page. */
  async list(path) {
    const items = [];
    let cursor;
    do {
      const page = await this.get(cursor ? `${path}?cursor=${encodeURIComponent(cursor)}` : path);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  async #call(method, path, body, etag) {
    const response = await this.#send(method, path, body, etag);
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  }

  async #send(method, path, body, etag) {
    const headers = { accept: 'application/json' };
    if (this.#cookie) {
      headers.cookie = this.#cookie;
    }
    if (this.#csrfToken) {
      headers['x-csrf-token'] = this.#csrfToken;
    }
    if (etag) {
      headers['if-match'] = etag;
    }
    if (body !== undefined) {
      headers['content-type'] = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    }
    const response = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      this.#cookie = cookie.split(';', 1)[0];
    }
    if (!response.ok) {
      throw new ApiError(method, path, response.status, await response.json().catch(() => undefined));
    }
    return response;
  }
}
