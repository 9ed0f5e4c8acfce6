package dev.havenkeep.pages.view;

/**
 * Where the code of another device is typed (RFC 8628 section 3.3). Posts {@link #CODE_FIELD} to {@link #PATH}.
 *
 * @param code filled in; may be empty
 */
public record DeviceCodePage(String code, FormErrors errors) implements Page {

    public static final String PATH = "/device";
    public static final String CODE_FIELD = "user_code";
}
