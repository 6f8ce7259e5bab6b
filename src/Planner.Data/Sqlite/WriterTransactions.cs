using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Planner.Data.Sqlite;

/// <summary>Makes transactions that give back the turn of <see cref="OneWriter"/> when they are over: committed, rolled back, or disposed of unfinished, of which interceptors are not always told.</summary>
internal sealed class WriterTransactions(RelationalTransactionFactoryDependencies dependencies) : RelationalTransactionFactory(dependencies)
{
    /// <inheritdoc/>
    public override RelationalTransaction Create(
        IRelationalConnection connection, DbTransaction transaction, Guid transactionId, IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, bool transactionOwned) => new Written(
            connection, transaction, transactionId, logger, transactionOwned, Dependencies.SqlGenerationHelper,
            connection.Context.GetService<OneWriter>());

    private sealed class Written(
        IRelationalConnection connection, DbTransaction transaction, Guid transactionId, IDiagnosticsLogger<DbLoggerCategory.Database.Transaction> logger, bool transactionOwned,
        ISqlGenerationHelper sqlGenerationHelper, OneWriter writer)
        : RelationalTransaction(connection, transaction, transactionId, logger, transactionOwned, sqlGenerationHelper)
    {
        public override void Dispose()
        {
            try
            {
                base.Dispose();
            }
            finally
            {
                // Also where rolling back failed.
                writer.GiveBack(Connection.ConnectionId);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await base.DisposeAsync();
            }
            finally
            {
                writer.GiveBack(Connection.ConnectionId);
            }
        }

        protected override void ClearTransaction()
        {
            writer.GiveBack(Connection.ConnectionId);
            base.ClearTransaction();
        }

        protected override Task ClearTransactionAsync(CancellationToken cancellationToken = default)
        {
            writer.GiveBack(Connection.ConnectionId);
            return base.ClearTransactionAsync(cancellationToken);
        }
    }
}
