using System.Text;

namespace Planner.Web.Reports.Workbooks;

/// <summary>Writes a working's formula (<see cref="Planner.Domain.Costs.LineWorking.Operands"/>) as a spreadsheet writes it.</summary>
internal sealed class CellFormula
{
    // Whole units are the ceilings of exact quotients; a spreadsheet's double must not buy one more over its last digits.
    private const string Ceiling = "ROUNDUP(ROUND({0},9),0)";

    private readonly string _text;
    private readonly Func<string, string?> _cellOf;
    private int _at;

    private CellFormula(string text, Func<string, string?> cellOf) => (_text, _cellOf) = (text, cellOf);

    /// <summary>The formula with cells in place of names.</summary>
    /// <param name="text">The working's formula.</param>
    /// <param name="cellOf">The cell that holds what a name stands for; null where there is none.</param>
    /// <returns>The formula without its equals sign; null where a name has no cell, or the text is no formula.</returns>
    public static string? Of(string text, Func<string, string?> cellOf)
    {
        var reader = new CellFormula(text, cellOf);
        return reader.Sum() is { } found && reader.Next == '\0' ? found : null;
    }

    private char Next
    {
        get
        {
            while (_at < _text.Length && _text[_at] == ' ')
                _at++;
            return _at < _text.Length ? _text[_at] : '\0';
        }
    }

    private string? Sum() => Chain(Product, static sign => sign switch { '+' => '+', '−' or '-' => '-', _ => null });

    private string? Product() => Chain(Signed, static sign => sign switch { '×' => '*', '÷' => '/', _ => null });

    private string? Chain(Func<string?> part, Func<char, char?> operation)
    {
        if (part() is not { } first)
            return null;
        var formula = new StringBuilder(first);
        while (operation(Next) is { } sign)
        {
            _at++;
            if (part() is not { } next)
                return null;
            formula.Append(sign).Append(next);
        }

        return formula.ToString();
    }

    private string? Signed()
    {
        if (Next is not ('−' or '-'))
            return Single();
        _at++;
        return Signed() is { } part ? $"-{part}" : null;
    }

    private string? Single()
    {
        if (Next == '(')
            return Bracketed() is [var inner] ? $"({inner})" : null;
        var from = _at;
        if (char.IsAsciiDigit(Next))
            return Number();
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '.' or '[' or ']' or '_'))
            _at++;
        var name = _text[from.._at];
        if (name.Length == 0)
            return null;
        if (Next != '(')
            return _cellOf(name);
        return (name, Bracketed()) switch
        {
            ("max", [var one, var other]) => $"MAX({one},{other})",
            ("min", [var one, var other]) => $"MIN({one},{other})",
            ("ceil", [var whole]) => string.Format(null, Ceiling, whole),
            _ => null,
        };
    }

    private string Number()
    {
        var from = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
            _at++;
        var number = _text[from.._at];
        if (_at >= _text.Length || _text[_at] != '⁶')
            return number;
        _at++;
        return $"{number}^6";
    }

    private List<string>? Bracketed()
    {
        var parts = new List<string>();
        do
        {
            _at++;
            if (Sum() is not { } part)
                return null;
            parts.Add(part);
        }
        while (Next == ';');
        if (Next != ')')
            return null;
        _at++;
        return parts;
    }
}
