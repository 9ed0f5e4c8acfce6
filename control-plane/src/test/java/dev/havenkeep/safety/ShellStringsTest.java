package dev.havenkeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No shell string is built from data: reads the product's own sources for the few places that could. */
class ShellStringsTest {

    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("../cli/src/main/java"));
    /** An option {@code -c} and what comes before and after it. */
    private static final Pattern OPTION_C =
            Pattern.compile("\"([^\"]*)\",\\s*\"-c\",\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|\\w+)\\s*([,)+])");

    private static final Pattern ANY_C = Pattern.compile("\"-c\"");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z_]*");
    private static final Pattern STARTS_A_PROCESS =
            Pattern.compile("ProcessBuilder|getRuntime\\(\\)\\s*\\.exec|createExecChannel|ChannelExec");
    private static final Set<String> SHELLS = Set.of("sh", "/bin/sh", "bash", "/bin/bash");

    @Test
    void whatAShellIsGivenIsAConstantEverywhere() {
        List<String> faults = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (Path file : javaFiles()) {
            String text = text(file);
            Matcher option = OPTION_C.matcher(text);
            int understood = 0;
            while (option.find()) {
                understood++;
                boolean shell = SHELLS.contains(option.group(1));
                boolean constant = !option.group(3).equals("+")
                        && (option.group(2).startsWith("\"") || isConstant(text, option.group(2)));
                if (shell) {
                    found.add(file.getFileName() + " " + option.group(2));
                }
                if (shell && !constant) {
                    faults.add(file + " gives a shell " + option.group(2));
                }
            }
            if (understood != ANY_C.matcher(text).results().count()) {
                faults.add(file + " has an option -c that this test does not understand");
            }
        }

        assertThat(faults).isEmpty();
        // That it sees anything at all.
        assertThat(found).contains("Launch.java SCRIPT", "Builds.java PREPARE", "SshLink.java PUT_SCRIPT");
    }

    @Test
    void processesAreStartedInTheLinksAndByGitsOwnProtocolAndNowhereElse() {
        Set<String> starting = new TreeSet<>();
        for (Path file : javaFiles()) {
            if (STARTS_A_PROCESS.matcher(text(file)).find()) {
                starting.add(file.getFileName().toString());
            }
        }

        assertThat(starting)
                .containsExactlyInAnyOrder(
                        "LocalExecution.java",
                        "SshExecution.java",
                        // git's protocol over SSH is a command line (gitprotocol-pack(5)), quoted by JGit.
                        "ChannelProcess.java",
                        "GitSsh.java",
                        "LfsObjects.java");
        assertThat(text(Path.of("src/main/java/dev/havenkeep/servers/SshExecution.java")))
                .contains("Launch.line()");
    }

    /** A constant is a text, or a script that is read from the jar. */
    private static boolean isConstant(String source, String name) {
        return CONSTANT.matcher(name).matches()
                && Pattern.compile("static final String " + name + " =\\s*(\"|resource\\(\"[^\"]*\"\\);|script\\(\\);)")
                        .matcher(source)
                        .find();
    }

    private static List<Path> javaFiles() {
        List<Path> files = new ArrayList<>();
        for (Path root : SOURCES) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(files).hasSizeGreaterThan(200);
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
