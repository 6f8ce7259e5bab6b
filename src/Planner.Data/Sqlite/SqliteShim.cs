using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Planner.Data.Sqlite;

/// <summary>Makes SQLite loadable before anything of it is used.</summary>
internal static class SqliteShim
{
    // RETURNING, which EF Core writes, came with 3.35.
    private const int OldestUsableVersion = 3_035_000;

    /// <summary>True where the operating system's SQLite serves instead of the bundled one.</summary>
    internal static bool UsesSystemLibrary { get; private set; }

    // CA2255: it must have run before the first use of Microsoft.Data.Sqlite, whoever that is.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize()
    {
        // Microsoft.Data.Sqlite asks for SQLitePCLRaw.core 2.1, and 2.0.6 stands in for it.
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name == "SQLitePCLRaw.core" && Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll") is var file && File.Exists(file)
                ? context.LoadFromAssemblyPath(file)
                : null;
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) =>
            name == "e_sqlite3" ? SystemLibrary.Value : IntPtr.Zero);
    }

    // Zero makes the runtime fall back to the bundled library.
    private static readonly Lazy<IntPtr> SystemLibrary = new(static () =>
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out var library))
            return IntPtr.Zero;
        if (!NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var export)
            || Marshal.GetDelegateForFunctionPointer<VersionNumber>(export)() < OldestUsableVersion)
        {
            NativeLibrary.Free(library);
            return IntPtr.Zero;
        }

        UsesSystemLibrary = true;
        return library;
    });

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
