package dev.havenkeep.edge.certificates;

import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * A certificate with the chain up to its authority and the private key that belongs to it.
 *
 * @param chain the certificate itself, then each one's issuer (RFC 8446 section 4.4.2), perhaps without the root
 * @param key the private key of the first
 */
public record KeyedCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final int DNS_NAME = 2;
    private static final int MAX_PEM = 64 * 1024;

    public KeyedCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads a certificate that a person brings (RFC 7468; keys in PKCS #8, PKCS #1 or SEC 1) and checks that it can
     * be used for a host now.
     *
     * @throws ProblemException 422 naming what is wrong with which of the two
     */
    public static KeyedCertificate accept(String certificatePem, Secret privateKeyPem, HostName host, Instant now) {
        KeyedCertificate certificate =
                new KeyedCertificate(ordered(certificates(certificatePem)), privateKey(privateKeyPem));
        if (!belongTogether(certificate.leaf().getPublicKey(), certificate.key())) {
            throw refused("privateKeyPem", "is not the key of the certificate");
        }
        if (!certificate.covers(host)) {
            throw refused(
                    "certificatePem",
                    "is for " + String.join(", ", certificate.names()) + ", which does not cover " + host);
        }
        if (now.isAfter(certificate.notAfter())) {
            throw refused("certificatePem", "has expired at " + certificate.notAfter());
        }
        if (now.isBefore(certificate.notBefore())) {
            throw refused("certificatePem", "is not valid before " + certificate.notBefore());
        }
        return certificate;
    }

    /** Reads what {@link #chainPem} and {@link #keyPem} wrote. */
    public static KeyedCertificate read(String chainPem, Secret keyPem) {
        return new KeyedCertificate(certificates(chainPem), privateKey(keyPem));
    }

    /** The certificates, in PEM. */
    public String chainPem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (X509Certificate certificate : chain) {
                writer.writeObject(certificate);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    /** The private key, in PEM (PKCS #8). */
    public Secret keyPem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(key, null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Secret.of(text.toString());
    }

    /** Both in one file, as HAProxy reads them. */
    public Secret pem() {
        return Secret.of(chainPem() + keyPem().reveal());
    }

    /** From when on it is valid. */
    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    /** Until when it is valid. */
    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** When a new one should be asked for: two thirds into its life. */
    public Instant renewAt() {
        return notBefore()
                .plus(Duration.between(notBefore(), notAfter()).multipliedBy(2).dividedBy(3));
    }

    /** Who issued it: the organization's or the authority's common name. */
    public String issuer() {
        X500Name issuer = X500Name.getInstance(leaf().getIssuerX500Principal().getEncoded());
        var common = issuer.getRDNs(BCStyle.CN);
        return common.length == 0
                ? issuer.toString()
                : IETFUtils.valueToString(common[0].getFirst().getValue());
    }

    /** The serial number in hexadecimal, two digits a byte, as HAProxy shows it. */
    public String serial() {
        BigInteger number = leaf().getSerialNumber();
        String digits = number.toString(16).toLowerCase(Locale.ROOT);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    /** The host names that it is for. */
    public Set<String> names() {
        try {
            Collection<List<?>> alternatives = leaf().getSubjectAlternativeNames();
            return alternatives == null
                    ? Set.of()
                    : alternatives.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                            .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    /** Whether one of its names is the host or covers it (RFC 6125 section 6.4). */
    public boolean covers(HostName host) {
        return names().stream()
                .anyMatch(name -> name.equals(host.value())
                        || (name.startsWith("*.")
                                && !host.wildcard()
                                && name.substring(2).equals(host.parent())));
    }

    private X509Certificate leaf() {
        return chain.getFirst();
    }

    private static List<X509Certificate> certificates(String pem) {
        if (pem.length() > MAX_PEM) {
            throw refused("certificatePem", "is larger than a certificate and its chain can be");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof X509CertificateHolder holder) {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new ProblemException(
                    Problem.invalid("certificatePem", "is not a certificate in PEM (-----BEGIN CERTIFICATE-----)"), e);
        }
        if (certificates.isEmpty()) {
            throw refused("certificatePem", "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /** The first certificate, then its issuer, and so on; what does not belong is left out. */
    private static List<X509Certificate> ordered(List<X509Certificate> certificates) {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificates.getFirst()));
        boolean found = true;
        while (found) {
            X509Certificate last = chain.getLast();
            found = false;
            for (X509Certificate candidate : certificates) {
                if (!chain.contains(candidate)
                        && candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
                    chain.add(candidate);
                    found = true;
                    break;
                }
            }
        }
        return chain;
    }

    private static PrivateKey privateKey(Secret pem) {
        if (pem.reveal().length() > MAX_PEM) {
            throw refused("privateKeyPem", "is larger than a key can be");
        }
        try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PrivateKeyInfo info) {
                    return privateKey(info);
                }
                if (next instanceof PEMKeyPair pair) {
                    // Its public half may be left out.
                    return privateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The cause may quote the text, which is a secret.
            throw refused("privateKeyPem", "is not a private key in PEM (-----BEGIN PRIVATE KEY-----)");
        }
        throw refused("privateKeyPem", "holds no unencrypted private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }

    /** By its object identifier, which the JDK's own providers know: the same key whichever others are registered by then. */
    private static PrivateKey privateKey(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance(
                        info.getPrivateKeyAlgorithm().getAlgorithm().getId())
                .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            case "Ed25519", "EdDSA" -> "Ed25519";
            default -> throw refused("privateKeyPem", "is of a kind that TLS does not use");
        };
        try {
            byte[] sample = new byte[32];
            new SecureRandom().nextBytes(sample);
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(privateKey);
            signing.update(sample);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(publicKey);
            checking.update(sample);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static ProblemException refused(String field, String message) {
        return new ProblemException(Problem.invalid(field, message));
    }
}
