namespace Planner.Data;

/// <summary>Others have been writing to the database for as long as anybody waits. Nothing was changed; trying again may work.</summary>
public sealed class DatabaseBusyException : Exception
{
    public DatabaseBusyException()
    {
    }

    public DatabaseBusyException(string message) : base(message)
    {
    }

    public DatabaseBusyException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
