using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace Planner.Web.Reports.Scheduled;

/// <summary>Sends reports by the configured mail server, each address a message of its own. What the server answers is told by its code alone: its words could hold anything. Safe to share.</summary>
public sealed class ReportMail(DeliveryOptions options, TimeProvider time)
{
    private const int LongestSubject = 200;

    // A server may take ten minutes to say that it has the whole message (RFC 5321, 4.5.3.2.6); who gives up earlier sends it twice.
    private static readonly TimeSpan LongestSending = TimeSpan.FromMinutes(10);

    /// <summary>Sends a letter with files.</summary>
    /// <param name="recipient">The address.</param>
    /// <param name="letter">What is written.</param>
    /// <param name="files">What is attached, at least one.</param>
    /// <param name="run">What names the report and the run that sends it: the same again where it is sent again, so that mail servers can tell a repetition.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="DeliveryException">It was not sent, or it is not known whether it was.</exception>
    public async Task SendAsync(string recipient, ReportLetter letter, IReadOnlyList<ReportFile> files, string run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(files);
        if (options.Mail is not { } mail)
            throw new DeliveryException(DeliveryTexts.NoMail) { IsForAll = true };
        // The setting may have become narrower since the address was entered.
        if (!Recipients.IsAddress(recipient) || !mail.Allows(recipient))
            throw new DeliveryException(DeliveryTexts.RecipientOutside.With(recipient));
        using var message = Write(mail, recipient, letter, files, run);
        using var client = new SmtpClient(mail.Host, mail.Port) { EnableSsl = mail.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network, UseDefaultCredentials = false };
        if (mail.User is { } user)
            client.Credentials = new NetworkCredential(user, mail.Password);
        using var limit = new CancellationTokenSource(LongestSending, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await client.SendMailAsync(message, either.Token);
        }
        // Only an answer with a code says what became of a message that was handed over.
        catch (Exception exception) when (exception is OperationCanceledException or SmtpException { StatusCode: SmtpStatusCode.GeneralFailure } && IsHandedOver(message))
        {
            throw new DeliveryException(DeliveryTexts.MailUnsure.With(recipient)) { IsForAll = true, IsUnsure = true };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(DeliveryTexts.MailTimeout.With(LongestSending.TotalSeconds)) { IsForAll = true };
        }
        catch (SmtpFailedRecipientException exception)
        {
            throw new DeliveryException(DeliveryTexts.RecipientRefused.With(recipient, CodeOf(exception)));
        }
        catch (SmtpException exception)
        {
            // Without the exception: its message quotes the server.
            throw new DeliveryException(ReasonOf(exception)) { IsForAll = true };
        }
    }

    /// <summary>True where the last file was read to its end: what follows it is the mark that ends a message, and before that no server takes one.</summary>
    private static bool IsHandedOver(MailMessage message) => message.Attachments[^1].ContentStream is var last && last.Position == last.Length;

    private static string ReasonOf(SmtpException exception) => Cause<SocketException>(exception) is { } socket ? DeliveryTexts.MailNoConnection.With(socket.SocketErrorCode)
        : Cause<AuthenticationException>(exception) is not null ? DeliveryTexts.MailCertificate
        : exception.StatusCode == SmtpStatusCode.GeneralFailure ? DeliveryTexts.MailUnfit
        : DeliveryTexts.MailRefused.With(CodeOf(exception));

    private static string CodeOf(SmtpException exception) => ((int)exception.StatusCode).ToString(CultureInfo.InvariantCulture);

    private static T? Cause<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }

    private static MailMessage Write(MailOptions mail, string recipient, ReportLetter letter, IReadOnlyList<ReportFile> files, string run)
    {
        var message = new MailMessage(mail.From, new MailAddress(recipient))
        {
            Subject = OneLine(letter.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.Headers.Add("Message-ID", $"<{IdOf(run, recipient)}@{mail.From.Host}>");
        // So that no absence note answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var file in files)
            message.Attachments.Add(new Attachment(new MemoryStream(file.Content, writable: false), file.Name, file.ContentType));
        return message;
    }

    private static string IdOf(string run, string recipient) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run}\n{recipient.ToUpperInvariant()}")))[..32];

    /// <summary>A name has no line ends that could begin another header.</summary>
    internal static string OneLine(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : letter));
        return (line.Length <= LongestSubject ? line : line[..LongestSubject]).Trim();
    }
}
