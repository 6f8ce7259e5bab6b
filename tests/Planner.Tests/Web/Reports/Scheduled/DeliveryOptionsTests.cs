using Microsoft.Extensions.Configuration;
using Planner.Web.Reports.Scheduled;
using Xunit;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>The settings of the section <c>Reports</c>.</summary>
public class DeliveryOptionsTests
{
    [Fact]
    public void Nothing_is_configured_by_default()
    {
        var options = From();

        Assert.Equal((null, null, null, null), (options.Folder, options.KeepDays, options.Mail, options.Fault));
    }

    [Fact]
    public void Mail_is_encrypted_and_goes_to_the_senders_own_domain_unless_more_is_said()
    {
        var mail = From(("Reports:Smtp:Host", "mail.example.com"), ("Reports:Smtp:From", "Planner <planner@example.com>")).Mail!;

        Assert.Equal((587, true, "planner@example.com"), (mail.Port, mail.StartTls, mail.From.Address));
        Assert.Equal(["example.com"], mail.Allowed);
        Assert.True(mail.Allows("anybody@example.com"));
        Assert.False(mail.Allows("anybody@example.org"));
    }

    [Theory]
    [InlineData("Folder", "reports", "Reports:Folder")]
    [InlineData("KeepDays", "0", "Reports:KeepDays")]
    [InlineData("KeepDays", "a week", "Reports:KeepDays")]
    [InlineData("Smtp:Host", "mail server", "Reports:Smtp:Host")]
    [InlineData("Smtp:Host", "", "Reports:Smtp:Host")]
    [InlineData("Smtp:Port", "0", "Reports:Smtp:Port")]
    [InlineData("Smtp:Port", "465", "implicit TLS")]
    [InlineData("Smtp:Security", "implicit", "implicit TLS")]
    [InlineData("Smtp:Security", "tls", "implicit TLS")]
    [InlineData("Smtp:Security", "maybe", "Reports:Smtp:Security")]
    [InlineData("Smtp:From", "", "Reports:Smtp:From")]
    [InlineData("Smtp:From", "a@example.com\r\nBcc: b@example.com", "Reports:Smtp:From")]
    [InlineData("Smtp:User", "", "Reports:Smtp:User")]
    [InlineData("Smtp:Password", "", "Reports:Smtp:User")]
    [InlineData("Smtp:PasswordFile", "/none", "both set")]
    [InlineData("Smtp:Security", "none", "readable by anybody")]
    [InlineData("Smtp:AllowedRecipients", "example.com, a b", "Reports:Smtp:AllowedRecipients")]
    public void Bad_setting_is_told_in_one_line_without_the_password(string key, string value, string named)
    {
        var options = From(
            ("Reports:Smtp:Host", "mail.example.com"), ("Reports:Smtp:From", "planner@example.com"), ("Reports:Smtp:User", "planner"), ("Reports:Smtp:Password", "s3cret"), ($"Reports:{key}", value));

        Assert.Contains(named, options.Fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', options.Fault!);
        Assert.DoesNotContain("s3cret", options.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Password_is_read_from_a_file_and_stands_in_no_description_of_the_settings()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "s3cret\n");
            (string, string)[] settings =
            [
                ("Reports:Smtp:Host", "mail.example.com"), ("Reports:Smtp:From", "planner@example.com"), ("Reports:Smtp:User", "planner"), ("Reports:Smtp:PasswordFile", file),
            ];

            var options = From(settings);

            Assert.Null(options.Fault);
            Assert.Equal("s3cret", options.Mail!.Password);
            Assert.DoesNotContain("s3cret", $"{options}{options.Mail}", StringComparison.Ordinal);
            File.WriteAllText(file, "\n");
            Assert.Contains(file, From(settings).Fault, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal static DeliveryOptions From(params IEnumerable<(string Key, string Value)> settings)
    {
        // A later value is another one for the same key.
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in settings)
            values[key] = value;
        return DeliveryOptions.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
