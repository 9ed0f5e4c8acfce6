// Keeping tokens fresh by hand, as the documentation of Auth.js tells applications to.
import assert from 'node:assert/strict';

const metadata = async (issuer) => (await fetch(`${issuer}/.well-known/openid-configuration`)).json();

/** Callbacks for Auth.js that keep the tokens in the session and refresh them once they are over. */
export function rotating(issuer, credentials) {
  const tokens = {
    refreshed: 0,
    idToken: undefined,
    over: false,
    /** The access token that is there counts as expired from now on. */
    expire() {
      this.over = true;
    },
    async userInfo(accessToken) {
      const { userinfo_endpoint: endpoint } = await metadata(issuer);
      const response = await fetch(endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
      assert.equal(response.status, 200);
      return response.json();
    },
  };
  const refresh = async (token) => {
    const { token_endpoint: endpoint } = await metadata(issuer);
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: token.refreshToken,
        client_id: credentials.id,
        client_secret: credentials.secret,
      }),
    });
    const body = await response.json();
    assert.equal(response.status, 200, JSON.stringify(body));
    tokens.refreshed++;
    return { ...token, accessToken: body.access_token, refreshToken: body.refresh_token ?? token.refreshToken };
  };
  tokens.callbacks = {
    async jwt({ token, account }) {
      if (account) {
        tokens.idToken = account.id_token;
        return { ...token, accessToken: account.access_token, refreshToken: account.refresh_token };
      }
      if (tokens.over) {
        tokens.over = false;
        return refresh(token);
      }
      return token;
    },
    async session({ session, token }) {
      return { ...session, accessToken: token.accessToken };
    },
  };
  return tokens;
}

/** Where RP-initiated logout starts: https://openid.net/specs/openid-connect-rpinitiated-1_0.html */
export async function signOutAddress(issuer, idToken, back) {
  const { end_session_endpoint: endpoint } = await metadata(issuer);
  const url = new URL(endpoint);
  url.searchParams.set('id_token_hint', idToken);
  url.searchParams.set('post_logout_redirect_uri', back);
  return url;
}
