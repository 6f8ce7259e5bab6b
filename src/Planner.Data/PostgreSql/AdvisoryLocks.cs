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

    /// <summary>Has the server end the transaction of a machine that vanished within half a minute, and give its lock back; by itself it may take hours.</summary>
    internal const string GiveUpOfTransaction = "SET LOCAL tcp_keepalives_idle = 10; SET LOCAL tcp_keepalives_interval = 5; SET LOCAL tcp_keepalives_count = 3; SET LOCAL tcp_user_timeout = 25000";

    /// <summary>The same of a session.</summary>
    internal const string GiveUpOfSession = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000";

    /// <summary>How long a node waits for another one.</summary>
    internal const int PatienceSeconds = 30;
}
