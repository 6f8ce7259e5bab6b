namespace Planner.Web.Reports;

/// <summary>Registers what reports need.</summary>
public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddOptions<PdfOptions>().BindConfiguration(PdfOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<PrintBrowser>();
        services.AddSingleton<PdfPrinter>();
        return services;
    }
}
