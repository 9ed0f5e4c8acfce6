package dev.havenkeep.edge.certificates;

import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** Gets certificates from an ACME server (RFC 8555), proving control by HTTP-01 (section 8.3). */
public final class AcmeClient {

    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration VALIDATION = Duration.ofSeconds(60);

    private final AcmeProperties properties;

    /** Makes a challenge be answered under {@code /.well-known/acme-challenge/} on port 80 of the host. */
    @FunctionalInterface
    public interface Answering {

        /** Returns when the answer is in effect. */
        void answer(String token, String authorization);
    }

    /** How an order came out. */
    public sealed interface Outcome {

        /** There is a certificate. */
        record Issued(KeyedCertificate certificate) implements Outcome {}

        /**
         * There is none.
         *
         * @param reason for a person, with what to do where that is known
         * @param retryAt when the server wants to be asked again, if it said so
         */
        record Refused(String reason, @Nullable Instant retryAt) implements Outcome {}
    }

    public AcmeClient(AcmeProperties properties) {
        this.properties = properties;
    }

    /** A new key for an account: both halves, in PEM. */
    public static Secret newAccountKey() {
        KeyPair pair = Authority.keys();
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pair.getPublic());
            writer.writeObject(new JcaPKCS8Generator(pair.getPrivate(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Secret.of(text.toString());
    }

    /** Orders a certificate and waits for it: up to a few minutes. */
    public Outcome order(HostName host, Secret accountKey, Answering answering) {
        try {
            Session session = new Session(URI.create(properties.directory()), new Provider(properties.trust()));
            session.networkSettings().setTimeout(REQUEST);
            return order(account(session, keyPair(accountKey)), host, answering);
        } catch (AcmeRateLimitedException e) {
            return new Outcome.Refused(
                    "The certificate authority answers only so many requests in a time: " + explain(e),
                    e.getRetryAfter().orElse(null));
        } catch (AcmeServerException e) {
            return new Outcome.Refused("The certificate authority refused: " + explain(e), null);
        } catch (AcmeException e) {
            return new Outcome.Refused(
                    "The certificate authority at " + properties.directory() + " could not be reached: "
                            + e.getMessage(),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused("The order was interrupted", null);
        }
    }

    private static KeyPair keyPair(Secret pem) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
            if (parser.readObject() instanceof SubjectPublicKeyInfo publicKey
                    && parser.readObject() instanceof PrivateKeyInfo privateKey) {
                return new KeyPair(converter.getPublicKey(publicKey), converter.getPrivateKey(privateKey));
            }
        } catch (IOException e) {
            // The cause may quote the text, which is a secret.
            throw new IllegalStateException("The key of the ACME account cannot be read");
        }
        throw new IllegalStateException("The ACME account has no key");
    }

    private Account account(Session session, KeyPair key) throws AcmeException {
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(key);
        if (properties.contact() != null) {
            builder.addEmail(properties.contact());
        }
        return builder.create(session);
    }

    private static Outcome order(Account account, HostName host, Answering answering)
            throws AcmeException, InterruptedException {
        Order order = account.newOrder().domain(host.value()).create();
        for (Authorization authorization : order.getAuthorizations()) {
            if (authorization.getStatus() == Status.VALID) {
                continue;
            }
            Http01Challenge challenge =
                    authorization.findChallenge(Http01Challenge.class).orElse(null);
            if (challenge == null) {
                return new Outcome.Refused("The certificate authority does not offer HTTP-01 for " + host, null);
            }
            answering.answer(challenge.getToken(), challenge.getAuthorization());
            challenge.trigger();
            Status status = challenge.waitForCompletion(VALIDATION);
            if (status != Status.VALID) {
                String detail = challenge.getError().flatMap(Problem::getDetail).orElse("it did not say why");
                return new Outcome.Refused(
                        "The certificate authority could not check that " + host + " leads here: " + detail
                                + ". Its DNS records must point to this server, and port 80 must be open.",
                        null);
            }
        }
        KeyPair key = Authority.keys();
        order.waitUntilReady(VALIDATION);
        order.execute(key);
        Status status = order.waitForCompletion(VALIDATION);
        if (status != Status.VALID) {
            return new Outcome.Refused(
                    "The certificate authority did not issue the certificate: "
                            + order.getError().flatMap(Problem::getDetail).orElse("it did not say why"),
                    null);
        }
        return new Outcome.Issued(new KeyedCertificate(order.getCertificate().getCertificateChain(), key.getPrivate()));
    }

    private static String explain(AcmeServerException e) {
        return e.getProblem().getDetail().orElseGet(() -> String.valueOf(e.getMessage()));
    }

    /** Any ACME server, behind any authority. */
    private static final class Provider extends GenericAcmeProvider {

        private final @Nullable Path trust;

        Provider(@Nullable Path trust) {
            this.trust = trust;
        }

        @Override
        public HttpClient createHttpClient(NetworkSettings settings) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(settings.getTimeout());
            if (trust != null) {
                builder.sslContext(trusting(trust));
            }
            return builder.build();
        }

        private static SSLContext trusting(Path file) {
            try (InputStream in = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                int number = 0;
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    store.setCertificateEntry("trusted-" + number++, certificate);
                }
                TrustManagerFactory trusted =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trusted.init(store);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trusted.getTrustManagers(), null);
                return context;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException("haven.acme.trust names " + file + ", which cannot be read", e);
            }
        }
    }
}
