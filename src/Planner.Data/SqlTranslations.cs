using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Planner.Data.Stores;
using ExpressionType = System.Linq.Expressions.ExpressionType;

namespace Planner.Data;

/// <summary>What queries ask that databases spell in ways of their own.</summary>
internal static class SqlTranslations
{
    // As text that is read when it is asked for: what is stored has been written by the program, and json takes all of it, which jsonb does not.
    private static readonly StringTypeMapping Json = new("json", System.Data.DbType.String);
    private static readonly StringTypeMapping Text = new("text", System.Data.DbType.String);
    private static readonly DoubleTypeMapping Double = new("double precision");

    internal static void Apply(ModelBuilder model, bool isPostgreSql)
    {
        var matches = model.HasDbFunction(() => LikePatterns.Matches(default, default!));
        var (number, text, length) = (model.HasDbFunction(() => SqlJson.Number(default, default!)), model.HasDbFunction(() => SqlJson.Text(default, default!)), model.HasDbFunction(() => SqlJson.Length(default!)));
        if (!isPostgreSql)
        {
            matches.HasTranslation(arguments => Like(arguments[0], arguments[1]));
            number.HasName("json_extract").IsBuiltIn();
            text.HasName("json_extract").IsBuiltIn();
            length.HasName("json_array_length").IsBuiltIn();
            return;
        }

        // The collation "C" of the columns has lower() change A to Z only, as SQLite's LIKE does.
        matches.HasTranslation(arguments => Like(Lower(arguments[0]), Lower(arguments[1])));
        number.HasTranslation(arguments => new SqlUnaryExpression(ExpressionType.Convert, Value(arguments), typeof(double), Double));
        text.HasTranslation(Value);
        length.HasTranslation(arguments => new SqlFunctionExpression("json_array_length", [Cast(arguments[0])], nullable: true, [true], typeof(int), IntTypeMapping.Default));
    }

    private static LikeExpression Like(SqlExpression text, SqlExpression pattern) =>
        new(text, pattern, new SqlConstantExpression(LikePatterns.Escape, text.TypeMapping), BoolTypeMapping.Default);

    private static SqlFunctionExpression Lower(SqlExpression text) => new("lower", [text], nullable: true, [true], typeof(string), text.TypeMapping);

    private static SqlUnaryExpression Cast(SqlExpression json) => new(ExpressionType.Convert, json, typeof(string), Json);

    /// <summary>The value at a path such as <c>$.verdict.sentence</c>.</summary>
    private static SqlFunctionExpression Value(IReadOnlyList<SqlExpression> arguments)
    {
        var names = ((string)((SqlConstantExpression)arguments[1]).Value!).Split('.').Skip(1).Select(SqlExpression (name) => new SqlConstantExpression(name, Text)).ToList();
        return new SqlFunctionExpression("json_extract_path_text", [Cast(arguments[0]), .. names], nullable: true, [true, .. names.Select(_ => false)], typeof(string), Text);
    }
}
