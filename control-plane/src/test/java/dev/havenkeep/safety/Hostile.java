package dev.havenkeep.safety;

import java.util.List;
import java.util.stream.Stream;

/** Texts that hurt whoever takes them for something else than text. */
final class Hostile {

    private Hostile() {}

    /** @param canary the path of a file that whoever executes one of them makes */
    static List<String> texts(String canary) {
        return Stream.concat(commands(canary).stream(), others().stream()).toList();
    }

    /** What a shell, an option parser or a template engine would carry out. */
    static List<String> commands(String canary) {
        String touch = "touch " + canary;
        return List.of(
                "$(" + touch + ")",
                "`" + touch + "`",
                "; " + touch + " #",
                "& " + touch + " &",
                "|| " + touch,
                "> " + canary,
                "';" + touch + ";'",
                "\";" + touch + ";\"",
                "\\\"$(" + touch + ")\\",
                "a\n" + touch + "\n",
                "a\r\n" + touch + "\r\n",
                "$IFS${IFS}$(" + touch.replace(" ", "${IFS}") + ")",
                "-oProxyCommand=" + touch,
                "--upload-pack=" + touch,
                "--output=" + canary,
                "ext::sh -c " + touch.replace(" ", "% "),
                "${jndi:ldap://127.0.0.1:9/" + canary + "}",
                "#{T(java.lang.Runtime).getRuntime().exec('" + touch + "')}",
                "../../../../../.." + canary);
    }

    private static List<String> others() {
        return List.of(
                "",
                " ",
                "-",
                "--",
                "..",
                "/etc/passwd",
                "..\\..\\x",
                "%2e%2e%2f%00%0d%0a",
                "*?[a-z]!~{a,b}",
                "'\"\\`$&|;<>()#%@",
                "a\0b",
                "tab\tvertical\u000bfeed\fbell\u0007",
                "\u001b[2J\u001b[31mred\u001b]0;title\u0007",
                "a\r\nX-Injected: yes\r\n\r\n<html>",
                "x\n{\"level\":\"ERROR\",\"message\":\"forged\"}\nSetup token: forged",
                "\u0085\u2028\u2029next line",
                "\u202egnp.exe\u2066\u200f",
                "🚀 👩‍👩‍👧 e\u0301 ﬁ ｆｕｌｌ",
                "\ud800",
                "\ufeff\ufffe",
                "- &a [*a, {b: !!python/object:os.system x}] # : |",
                "key: value\n- {}: [",
                "%[env(PATH)] %% ${HOME} \"\\ if { always_true }",
                "'; DROP TABLE users; --",
                "%' OR '1'='1",
                "<script>alert(1)</script>{{7*7}}",
                // What a cursor is made of: here, of nothing but NUL.
                "AAAAAAAA",
                "null",
                "0",
                "a".repeat(65_536));
    }
}
