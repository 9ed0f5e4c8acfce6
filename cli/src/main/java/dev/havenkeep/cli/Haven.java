package dev.havenkeep.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.json.JsonMapper;

/** The {@code haven} command. Exit codes: 0 done, 1 a problem, 2 wrong usage, 3 a deployment failed. */
@Command(
        name = "haven",
        description = "Deploys applications to your own servers.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "haven 0.1.0",
        footer = {
            "",
            "An application is named PROJECT/ENVIRONMENT/APP, or by its id.",
            "Exit codes: 0 done, 1 a problem, 2 wrong usage, 3 a deployment failed."
        })
final class Haven {

    @Option(
            names = {"-o", "--output"},
            description = "how answers are printed: ${COMPLETION-CANDIDATES}",
            defaultValue = "table",
            scope = ScopeType.INHERIT)
    private Screen.Format output = Screen.Format.table;

    @Option(names = "--team", paramLabel = "TEAM", description = "the team, by name or id", scope = ScopeType.INHERIT)
    private @Nullable String team;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "which control plane, when you use several",
            scope = ScopeType.INHERIT)
    private @Nullable String profile;

    Screen.Format output() {
        return output;
    }

    @Nullable
    String team() {
        return team;
    }

    @Nullable
    String profile() {
        return profile;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(
                new Session.Surroundings(
                        System.getenv(),
                        Path.of("").toAbsolutePath(),
                        utf8(FileDescriptor.out),
                        utf8(FileDescriptor.err)),
                arguments));
    }

    /** Whatever the locale says: names and logs are UTF-8. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static int run(Session.Surroundings surroundings, String... arguments) {
        return commandLine(surroundings).execute(arguments);
    }

    static CommandLine commandLine(Session.Surroundings surroundings) {
        Haven haven = new Haven();
        Session session = new Session(JsonMapper.builder().build(), surroundings, haven);
        CommandLine line = new CommandLine(haven);
        line.addSubcommand(new LoginCommand(session));
        line.addSubcommand(new LogoutCommand(session));
        line.addSubcommand(new WhoamiCommand(session));
        line.addSubcommand(new DeployCommand(session));
        line.addSubcommand(new RollbackCommand(session));
        line.addSubcommand(new CancelCommand(session));
        line.addSubcommand(new RunningCommands.Restart(session));
        line.addSubcommand(new RunningCommands.Stop(session));
        line.addSubcommand(new RunningCommands.Start(session));
        line.addSubcommand(new LogsCommand(session));
        line.addSubcommand(new EventsCommand(session));
        line.addSubcommand(new ApiCommand(session));
        for (Map.Entry<String, Actions.Group> group : Actions.groups().entrySet()) {
            line.addSubcommand(group.getKey(), ActionCommand.group(session, group.getKey(), group.getValue()));
        }
        CommandLine variables = Objects.requireNonNull(line.getSubcommands().get("variables"));
        variables.addSubcommand(new VariableCommands.SetVariables(session));
        variables.addSubcommand(new VariableCommands.ImportVariables(session));
        CommandLine deployments = Objects.requireNonNull(line.getSubcommands().get("deployments"));
        deployments.addSubcommand(new DeploymentLogCommand(session));
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        CommandLine servers = Objects.requireNonNull(line.getSubcommands().get("servers"));
        servers.addSubcommand(new ConfirmServerCommand(session));
        line.addSubcommand("completion", completion);
        line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // @FILE is for the option that it is given to, which reads it whole; picocli would make arguments of its words.
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler((exception, at, parsed) -> failed(session, surroundings, exception));
        line.setParameterExceptionHandler(new ShortUsage());
        return line;
    }

    private static int failed(Session session, Session.Surroundings surroundings, Exception exception)
            throws Exception {
        return switch (exception) {
            case Failure failure -> {
                String problem = failure.problem();
                if (session.screen().isJson() && problem != null) {
                    surroundings.err().println(problem);
                } else {
                    surroundings.err().print(failure.text());
                }
                yield failure.exitCode();
            }
            case UncheckedIOException io -> {
                surroundings
                        .err()
                        .print(Failure.of(String.valueOf(io.getMessage()), String.valueOf(io.getCause()))
                                .text());
                yield Failure.PROBLEM;
            }
            default -> throw exception;
        };
    }

    /** One line on what is wrong, and where to read on. */
    private static final class ShortUsage implements CommandLine.IParameterExceptionHandler {
        @Override
        public int handleParseException(CommandLine.ParameterException exception, String[] arguments) {
            CommandLine line = exception.getCommandLine();
            line.getErr().println("Error: " + exception.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(exception, line.getErr());
            line.getErr().println("  " + line.getCommandSpec().qualifiedName() + " --help says what it takes.");
            return Failure.USAGE;
        }
    }
}
