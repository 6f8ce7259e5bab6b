using Planner.Web.Reports.Scheduled;

namespace Planner.Web.Reports;

/// <summary>Registers what reports need.</summary>
public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PdfOptions>().BindConfiguration(PdfOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<PrintBrowser>();
        services.AddSingleton<PdfPrinter>();
        services.AddSingleton(DeliveryOptions.From(configuration));
        services.AddSingleton<ReportFolder>();
        services.AddSingleton<ReportMail>();
        services.AddSingleton<ReportDispatch>();
        return services;
    }
}
