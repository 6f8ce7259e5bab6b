namespace Planner.Data.Accounts;

/// <summary>Who acts, for the audit log and as author of versions.</summary>
/// <param name="UserId">The user; null for the only user of an app without accounts, and for the program itself.</param>
/// <param name="Name">The name at that time.</param>
/// <param name="Means">How the actor was recognised, such as by a session or a token.</param>
public sealed record Actor(long? UserId, string Name, string Means)
{
    /// <summary>The only user of an app without accounts.</summary>
    public static Actor Owner { get; } = new(null, "owner", "this machine");

    /// <summary>The program itself, by its schedule.</summary>
    public static Actor Program { get; } = new(null, "Planner", "schedule");

    /// <summary>Who has not signed in.</summary>
    public static Actor Nobody { get; } = new(null, "–", "not signed in");

    /// <summary>A name that is a person's; null for none and for what stands for no person.</summary>
    public static string? Person(string? name) => name == Owner.Name || name == Program.Name || name == CommandLine.Name ? null : name;

    /// <summary>Whoever may start commands on the machine of the database.</summary>
    public static Actor CommandLine { get; } = new(null, "command line", "this machine");
}
