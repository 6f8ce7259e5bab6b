namespace Planner.Data.PostgreSql;

/// <summary>Numbers of the advisory locks that nodes take on their database. They are of that database only; any others serve as well.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Held while a transaction writes.</summary>
    internal const string Writing = "7350001";

    /// <summary>Held while a node brings the database to the program's state.</summary>
    internal const string Starting = "7350002";

    /// <summary>First number of the pair that is held while a gate is passed; see <see cref="Data.Gates"/>.</summary>
    internal const string Gates = "7350003";

    /// <summary>How long a node waits for another one.</summary>
    internal const int PatienceSeconds = 30;
}
