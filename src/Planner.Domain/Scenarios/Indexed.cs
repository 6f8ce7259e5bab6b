namespace Planner.Domain.Scenarios;

/// <summary>Lists with the place of each entry, walked without allocating: every evaluation checks all lists of a document, and most are empty.</summary>
internal static class IndexedLists
{
    /// <summary>The entries with their places.</summary>
    public static Indexed<T> Index<T>(this IReadOnlyList<T> list) => new(list);
}

/// <inheritdoc cref="IndexedLists"/>
internal readonly struct Indexed<T>(IReadOnlyList<T> list)
{
    public Enumerator GetEnumerator() => new(list);

    /// <summary>Walks the list.</summary>
    internal struct Enumerator(IReadOnlyList<T> list)
    {
        private int _place = -1;

        public readonly (int Index, T Item) Current => (_place, list[_place]);

        public bool MoveNext() => ++_place < list.Count;
    }
}
