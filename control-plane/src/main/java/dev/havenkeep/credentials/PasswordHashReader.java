package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the forms in which other systems keep password hashes: PHC strings (PHC string format 1.0), the modular crypt
 * format of bcrypt, Django's, Keycloak's, Spring Security's.
 */
final class PasswordHashReader {

    private static final int LONGEST = 4096;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern SCHEME = Pattern.compile("\\{([A-Za-z0-9_.-]{1,32})\\}(.*)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int ARGON2_FIRST_VERSION = 16;
    private static final int ARGON2_VERSION = 19;
    private static final int LEAST_ARGON2_SALT = 8;

    private final HashLimits limits;

    /** A reader of one input field, which problems name. */
    PasswordHashReader(String path) {
        limits = HashLimits.of(path);
    }

    PasswordHash read(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw limits.refused("is required");
        }
        if (text.length() > LONGEST) {
            throw limits.refused("must be at most " + LONGEST + " characters");
        }
        String hash = text.strip();
        Matcher scheme = SCHEME.matcher(hash);
        if (scheme.matches()) {
            return prefixed(scheme.group(1).toLowerCase(Locale.ROOT), scheme.group(2));
        }
        if (hash.startsWith("{")) {
            return keycloak(hash);
        }
        return hash.startsWith("$") ? modular(hash) : django(hash);
    }

    /** Spring Security's and LDAP's: a scheme in braces before the hash itself. */
    private PasswordHash prefixed(String scheme, String hash) {
        return switch (scheme) {
            case "bcrypt", "argon2", "crypt" -> modular(hash);
            default -> throw unsupported(scheme);
        };
    }

    /** What starts with a dollar: bcrypt, or a PHC string. */
    private PasswordHash modular(String hash) {
        if (!hash.startsWith("$")) {
            throw unsupported("without a name");
        }
        if (hash.startsWith("$2")) {
            return bcrypt(hash, false);
        }
        List<String> parts = List.of(hash.substring(1).split("\\$", -1));
        String function = parts.getFirst();
        return switch (function) {
            case "argon2d", "argon2i", "argon2id" -> argon2(parts);
            case "scrypt" -> scrypt(parts);
            case "firebase-scrypt" -> firebase(parts);
            // What passlib writes for SHA-1 has no number.
            case "pbkdf2" -> pbkdf2(Pbkdf2Hash.Function.SHA1, parts);
            default -> {
                for (Pbkdf2Hash.Function known : Pbkdf2Hash.Function.values()) {
                    if (known.label.equals(function)) {
                        yield pbkdf2(known, parts);
                    }
                }
                throw unsupported(function);
            }
        };
    }

    private PasswordHash bcrypt(String hash, boolean ofSha256) {
        Matcher matcher = BCRYPT.matcher(hash);
        if (!matcher.matches()) {
            throw limits.refused("is not bcrypt as $2a$, $2b$ or $2y$, two digits of cost and 53 characters");
        }
        limits.bcrypt(Integer.parseInt(matcher.group(1)));
        return new BcryptHash(hash, ofSha256);
    }

    /** {@code argon2id, v=19, m=…,t=…,p=…, salt, hash}; without a version it is the first one. */
    private PasswordHash argon2(List<String> parts) {
        boolean versioned = parts.size() > 1 && parts.get(1).startsWith("v=");
        int version = versioned ? (int) number(parts.get(1).substring(2)) : ARGON2_FIRST_VERSION;
        if (parts.size() != (versioned ? 5 : 4)) {
            throw misshapen("$argon2id$v=19$m=…,t=…,p=…$salt$hash");
        }
        if (version != ARGON2_FIRST_VERSION && version != ARGON2_VERSION) {
            throw limits.refused("is of Argon2 version " + version + ", which is not supported; 16 and 19 are");
        }
        int last = parts.size() - 1;
        Map<String, String> parameters = parameters(parts.get(last - 2), List.of("m", "t", "p"));
        return argon2(
                Argon2Hash.Kind.valueOf(parts.getFirst().toUpperCase(Locale.ROOT)),
                version,
                number(parameters, "m"),
                number(parameters, "t"),
                number(parameters, "p"),
                limits.base64(parts.get(last - 1)),
                limits.base64(parts.get(last)));
    }

    private PasswordHash argon2(
            Argon2Hash.Kind kind, int version, long memory, long passes, long lanes, byte[] salt, byte[] digest) {
        limits.argon2(memory, passes, lanes);
        limits.salted(salt, digest);
        if (salt.length < LEAST_ARGON2_SALT) {
            throw limits.refused("has a salt of less than 8 bytes, which Argon2 does not take");
        }
        return Argon2Hash.of(
                kind, version, new PasswordHasher.Cost((int) memory, (int) passes, (int) lanes), salt, digest);
    }

    /** {@code pbkdf2-sha256, i=…, salt, hash}; passlib writes the number alone and a dot for the plus. */
    private PasswordHash pbkdf2(Pbkdf2Hash.Function function, List<String> parts) {
        if (parts.size() != 4) {
            throw misshapen("$pbkdf2-sha256$i=…$salt$hash");
        }
        String iterations = parts.get(1);
        long count = NUMBER.matcher(iterations).matches()
                ? number(iterations)
                : number(parameters(iterations, List.of("i", "l")), "i");
        return pbkdf2(
                function,
                count,
                limits.base64(parts.get(2).replace('.', '+')),
                limits.base64(parts.get(3).replace('.', '+')));
    }

    private PasswordHash pbkdf2(Pbkdf2Hash.Function function, long iterations, byte[] salt, byte[] digest) {
        limits.salted(salt, digest);
        limits.pbkdf2(iterations, function.blocks(digest.length));
        return Pbkdf2Hash.of(function, (int) iterations, salt, digest);
    }

    private PasswordHash scrypt(List<String> parts) {
        if (parts.size() != 4) {
            throw misshapen("$scrypt$ln=…,r=…,p=…$salt$hash");
        }
        Map<String, String> parameters = parameters(parts.get(1), List.of("ln", "r", "p"));
        return scrypt(
                number(parameters, "ln"),
                number(parameters, "r"),
                number(parameters, "p"),
                limits.base64(parts.get(2)),
                limits.base64(parts.get(3)));
    }

    private PasswordHash scrypt(long ln, long block, long lanes, byte[] salt, byte[] digest) {
        limits.scrypt(ln, block, lanes);
        limits.salted(salt, digest);
        return ScryptHash.of((int) ln, (int) block, (int) lanes, salt, digest);
    }

    private PasswordHash firebase(List<String> parts) {
        if (parts.size() != 4) {
            throw misshapen("$firebase-scrypt$ln=…,r=…,ss=…,sk=…$salt$hash");
        }
        Map<String, String> parameters = parameters(parts.get(1), List.of("ln", "r", "ss", "sk"));
        FirebaseScrypt project = new FirebaseScrypt(
                Secret.of(parameters.getOrDefault("sk", "")),
                parameters.getOrDefault("ss", ""),
                (int) number(parameters, "r"),
                (int) number(parameters, "ln"));
        return project.hash(limits.path(), parts.get(2), parts.get(3));
    }

    /** Django's: the name of the hasher, then what that hasher wrote. Its salts are text. */
    private PasswordHash django(String hash) {
        List<String> parts = List.of(hash.split("\\$", -1));
        return switch (parts.getFirst()) {
            case "argon2" -> modular(hash.substring("argon2".length()));
            case "bcrypt" -> bcrypt(hash.substring("bcrypt$".length()), false);
            case "bcrypt_sha256" -> bcrypt(hash.substring(BcryptHash.DJANGO_SHA256.length()), true);
            case "pbkdf2_sha256" -> djangoPbkdf2(Pbkdf2Hash.Function.SHA256, parts);
            case "pbkdf2_sha1" -> djangoPbkdf2(Pbkdf2Hash.Function.SHA1, parts);
            case "scrypt" -> djangoScrypt(parts);
            default -> throw unsupported(parts.size() > 1 ? parts.getFirst() : "without a name");
        };
    }

    private PasswordHash djangoPbkdf2(Pbkdf2Hash.Function function, List<String> parts) {
        if (parts.size() != 4) {
            throw misshapen("pbkdf2_sha256$iterations$salt$hash");
        }
        byte[] salt = parts.get(2).getBytes(StandardCharsets.UTF_8);
        return pbkdf2(function, number(parts.get(1)), salt, limits.base64(parts.get(3)));
    }

    private PasswordHash djangoScrypt(List<String> parts) {
        if (parts.size() != 6) {
            throw misshapen("scrypt$N$salt$r$p$hash");
        }
        long cost = number(parts.get(1));
        if (Long.bitCount(cost) != 1) {
            throw limits.refused("has a scrypt N that is no power of two");
        }
        return scrypt(
                Long.numberOfTrailingZeros(cost),
                number(parts.get(3)),
                number(parts.get(4)),
                parts.get(2).getBytes(StandardCharsets.UTF_8),
                limits.base64(parts.get(5)));
    }

    /**
     * Keycloak's: {@code algorithm}, {@code hashIterations}, {@code salt} and {@code value}, in one object or, as in a
     * realm's export, in the texts {@code credentialData} and {@code secretData}.
     */
    private PasswordHash keycloak(String json) {
        JsonNode whole = object(json);
        JsonNode data = within(whole, "credentialData");
        JsonNode secret = within(whole, "secretData");
        String algorithm = data.path("algorithm").asString("");
        long iterations = data.path("hashIterations").asLong(0);
        byte[] salt = limits.base64(secret.path("salt").asString(""));
        byte[] digest = limits.base64(secret.path("value").asString(""));
        return switch (algorithm) {
            case "pbkdf2" -> pbkdf2(Pbkdf2Hash.Function.SHA1, iterations, salt, digest);
            case "pbkdf2-sha256" -> pbkdf2(Pbkdf2Hash.Function.SHA256, iterations, salt, digest);
            case "pbkdf2-sha512" -> pbkdf2(Pbkdf2Hash.Function.SHA512, iterations, salt, digest);
            case "argon2" -> {
                JsonNode more = data.path("additionalParameters");
                yield argon2(
                        keycloakKind(first(more, "type")),
                        keycloakVersion(first(more, "version")),
                        number(first(more, "memory")),
                        iterations,
                        number(first(more, "parallelism")),
                        salt,
                        digest);
            }
            default -> throw unsupported(algorithm.isEmpty() ? "without an algorithm" : algorithm);
        };
    }

    private Argon2Hash.Kind keycloakKind(String type) {
        return switch (type) {
            case "id" -> Argon2Hash.Kind.ARGON2ID;
            case "i" -> Argon2Hash.Kind.ARGON2I;
            case "d" -> Argon2Hash.Kind.ARGON2D;
            default -> throw limits.refused("has a type of Argon2 that is not supported; id, i and d are");
        };
    }

    private int keycloakVersion(String version) {
        return switch (version) {
            case "1.3" -> ARGON2_VERSION;
            case "1.0" -> ARGON2_FIRST_VERSION;
            default -> throw limits.refused("has a version of Argon2 that is not supported; 1.0 and 1.3 are");
        };
    }

    private JsonNode within(JsonNode whole, String member) {
        JsonNode part = whole.path(member);
        return part.isMissingNode() ? whole : part.isString() ? object(part.asString()) : part;
    }

    private static String first(JsonNode parameters, String name) {
        JsonNode value = parameters.path(name);
        return (value.isArray() ? value.path(0) : value).asString("");
    }

    private JsonNode object(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            throw limits.refused("starts like JSON and is none");
        }
    }

    private Map<String, String> parameters(String text, List<String> known) {
        Map<String, String> values = new HashMap<>();
        for (String parameter : text.split(",", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (equals < 0 || !known.contains(name)) {
                throw limits.refused("has a parameter that is not supported; " + String.join(", ", known) + " are");
            }
            values.put(name, parameter.substring(equals + 1));
        }
        return values;
    }

    private long number(Map<String, String> parameters, String name) {
        return number(parameters.getOrDefault(name, ""));
    }

    private long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw limits.refused("lacks a number where a parameter is expected");
        }
        return Long.parseLong(text);
    }

    private RuntimeException misshapen(String form) {
        return limits.refused("must have the form " + form);
    }

    private RuntimeException unsupported(String name) {
        // Only a plain name is repeated; the rest of a text that is no hash may be a password.
        String shown = name.matches("[A-Za-z0-9_ -]{1,32}") ? name : "of an unknown kind";
        return limits.refused("is a hash " + shown + ", which is not supported; Argon2, bcrypt, PBKDF2 and scrypt are"
                + " (as PHC strings, or as Django and Keycloak write them)");
    }
}
