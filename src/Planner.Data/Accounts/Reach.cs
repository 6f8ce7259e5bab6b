namespace Planner.Data.Accounts;

/// <summary>How far a call reaches into the database.</summary>
/// <param name="WorkspaceId">The workspace whose rows it sees; null for none.</param>
/// <param name="Role">What it may do there; null for nothing.</param>
/// <param name="IsKeeper">True where it may change what is of the whole installation.</param>
/// <param name="IsUnbounded">True for the program itself, and for its only user where there are no accounts: everything is seen and may be changed.</param>
/// <param name="By">Who calls; null for the program itself.</param>
public sealed record Reach(long? WorkspaceId, Role? Role, bool IsKeeper = false, bool IsUnbounded = false, Actor? By = null)
{
    /// <summary>Everything.</summary>
    public static Reach All { get; } = new(null, null, IsKeeper: true, IsUnbounded: true);

    /// <summary>What is of the whole installation may be read, nothing else.</summary>
    public static Reach Nothing { get; } = new(null, null);

    /// <summary>May change what belongs to its workspace.</summary>
    public bool MayEdit => IsUnbounded || Role >= Accounts.Role.Editor;

    /// <summary>May see who did what in its workspace.</summary>
    public bool MayAdminister => IsUnbounded || Role == Accounts.Role.Admin;
}

/// <summary>
/// The reach of the running call, which flows with it into everything that it awaits or starts. Where there are accounts, a call that nobody gave a reach to reaches nothing: work of the program itself says so
/// with <see cref="AsProgram"/>. Thread-safe.
/// </summary>
/// <param name="otherwise">The reach of calls that nobody gave one to; null for everything.</param>
public sealed class CurrentReach(Reach? otherwise = null)
{
    private readonly AsyncLocal<Reach?> _entered = new();
    private Reach _otherwise = otherwise ?? Reach.All;

    /// <summary>The running call's.</summary>
    public Reach Value => _entered.Value ?? _otherwise;

    /// <summary>From now on calls without a reach reach nothing.</summary>
    public void Close() => _otherwise = Reach.Nothing;

    /// <summary>Sets the reach until the returned is disposed of, or the calling method has ended.</summary>
    public IDisposable Enter(Reach reach)
    {
        var left = new Left(_entered, _entered.Value);
        _entered.Value = reach;
        return left;
    }

    /// <summary>Reaches everything, for what no user asked for and for what has its own proof of being allowed. Whoever calls stays the one who did it.</summary>
    public IDisposable AsProgram() => Enter(Reach.All with { By = Value.By });

    private sealed class Left(AsyncLocal<Reach?> entered, Reach? before) : IDisposable
    {
        public void Dispose() => entered.Value = before;
    }
}

/// <summary>A call tried to change what it may not. Pages and endpoints ask before; this is the last line.</summary>
public sealed class AccessRefusedException : Exception
{
    public AccessRefusedException() : base(Texts.AccessRefused)
    {
    }

    public AccessRefusedException(string message) : base(message)
    {
    }

    public AccessRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
