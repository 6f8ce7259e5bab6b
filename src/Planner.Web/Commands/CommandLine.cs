using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Planner.Data;
using Planner.Domain;

namespace Planner.Web.Commands;

/// <summary>How a command ended, for scripts.</summary>
public static class ExitCodes
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>It could not: a file, the database or the browser is missing or unreadable.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The document has faults, named on the error output.</summary>
    public const int Invalid = 3;

    /// <summary>The answer is there, and it misses a limit that was given.</summary>
    public const int LimitMissed = 4;
}

/// <summary>The program used from a shell or a pipeline. Without a command it serves the app.</summary>
public static class CommandLine
{
    /// <summary>True where the arguments ask for a command, for help or for the version, and not for the app.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments is [var first, ..] && (first is "--help" or "-h" or "-?" or "--version" || IsWord(first));
    }

    // A misspelt command is not served as the app. Settings come with dashes, a slash or an equals sign.
    private static bool IsWord(string first) => first.Length > 0 && first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal);

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">All arguments of the program.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="errors">Takes what went wrong.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        var parsed = Root().Parse(arguments);
        foreach (var error in parsed.Errors)
            await errors.WriteLineAsync($"planner: {error.Message}");
        if (parsed.Errors.Count > 0)
            return ExitCodes.Usage;
        try
        {
            var configuration = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };
            // A move that is told to end takes back what it wrote, however long that takes.
            if (parsed.CommandResult.Command.Name == MoveCommand.Name)
                configuration.ProcessTerminationTimeout = Timeout.InfiniteTimeSpan;
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandRefusedException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync($"planner: {(problem.Path.Length == 0 ? "" : $"{problem.Path}: ")}{problem.Message}");
            return exception.ExitCode;
        }
        catch (DatabaseBusyException exception)
        {
            await errors.WriteLineAsync($"planner: {exception.Message}");
            return ExitCodes.Failed;
        }
    }

    private static Command Root() => new("planner", "Pay an LLM API, self-host on GPUs, or mix? Without a command the app is served (--urls, --Database:Path).")
    {
        new HelpOption(), new VersionOption(), EvaluateCommand.Create(), SearchCommand.Create(), PricesCommand.Create(), ReportCommand.Create(), ImportUsageCommand.Create(), BackupCommand.Create(), BackupCommand.CreateRestore(), MoveCommand.Create(), HealthCommand.Create(),
    };
}

/// <summary>A command cannot go on. What is wrong is told to whoever called it, without a stack trace.</summary>
public sealed class CommandRefusedException : Exception
{
    public CommandRefusedException()
    {
    }

    public CommandRefusedException(string message) : this(message, null)
    {
    }

    public CommandRefusedException(string message, Exception? innerException) : base(message, innerException) => Problems = [new Problem("", message)];

    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    /// <param name="problems">What is wrong, each with the path of its field where there is one.</param>
    public CommandRefusedException(int exitCode, IReadOnlyList<Problem> problems) : base(string.Join(" ", problems.Select(problem => problem.Message))) => (ExitCode, Problems) = (exitCode, problems);

    /// <summary>How the process is to end.</summary>
    public int ExitCode { get; } = ExitCodes.Failed;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; } = [];
}

/// <summary>Arguments and options that several commands take.</summary>
internal static class CommandOptions
{
    public static Option<string?> Database() => new("--database")
    {
        Description = "The database file. By default that of the app (Database:Path, planner.db); where there is none, the catalog that ships with the program, kept nowhere.",
        HelpName = "FILE",
    };

    public static Option<bool> Json() => new("--json") { Description = "Write the answer as JSON, in the form of the REST API." };

    /// <summary>An amount in USD, 0 or more.</summary>
    public static Option<decimal?> Amount(string name, string description) => Read<decimal>(
        name, description, "USD", CommandTexts.Amount, text => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var usd) && usd >= 0 ? usd : null);

    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, string description, int least, int most) => Read<int>(
        name, description, "N", CommandTexts.Whole.With(name, least, most),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    /// <summary>A day.</summary>
    public static Option<DateOnly?> Day(string name, string description) => Read<DateOnly>(
        name, description, "YYYY-MM-DD", CommandTexts.Day, text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null);

    /// <summary>An option whose value is told apart here: the library's own refusals name types of the runtime.</summary>
    private static Option<T?> Read<T>(string name, string description, string help, string refusal, Func<string, T?> read) where T : struct => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            var value = result.Tokens is [{ Value: var text }] ? read(text) : null;
            if (value is null)
                result.AddError(refusal.With(name));
            return value;
        },
    };

    public static Argument<string> Scenario() => new("scenario") { Description = "A scenario document (planner.scenario/1), or - for the standard input.", HelpName = "FILE" };
}
