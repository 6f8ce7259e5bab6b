using System.Net;
using Planner.Web.Hosting;

namespace Planner.Web.Security;

/// <summary>Where the app is told to listen, and whether that is this machine only.</summary>
/// <param name="Configured">Addresses that the server will bind, as configured.</param>
/// <param name="Ports">Ports configured without an address, which the server would open on every network address; null for none.</param>
public sealed record ListenAddresses(IReadOnlyList<string> Configured, string? Ports)
{
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>Reads them from the configuration.</summary>
    /// <param name="all">All of it.</param>
    /// <param name="asked">What was asked for this start: the command line and the environment.</param>
    public static ListenAddresses From(IConfiguration all, IConfiguration asked)
    {
        var urls = SettingText.Of(asked["urls"]);
        var ports = urls is null ? SettingText.Of(all["http_ports"]) ?? SettingText.Of(all["https_ports"]) : null;
        var endpoints = all.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => SettingText.Of(endpoint["Url"])).OfType<string>();
        return new ListenAddresses([.. Split(urls ?? SettingText.Of(all["urls"]) ?? Default), .. endpoints], ports);
    }

    /// <summary>The addresses other than those of endpoints.</summary>
    public static string Urls(IConfiguration all, IConfiguration asked) => SettingText.Of(asked["urls"]) ?? SettingText.Of(all["urls"]) ?? Default;

    /// <summary>Why the app may not start like this, as a sentence; null where it may.</summary>
    public string? Fault => Ports is null
        ? Configured.Select(FaultOf).FirstOrDefault(fault => fault is not null)
        : SecurityTexts.PortsEverywhere.With(Ports, Default);

    /// <summary>The first address at which passwords would cross a network in the clear; null where there is none.</summary>
    public static string? InTheClear(IEnumerable<string> addresses) =>
        addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.OrdinalIgnoreCase) && FaultOf(address) is not null);

    /// <summary>Why an address may not be listened on, as a sentence; null where it may.</summary>
    public static string? FaultOf(string address)
    {
        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or UriFormatException)
        {
            return SecurityTexts.AddressUnreadable.With(address, Default);
        }

        // The server takes every name but "localhost" for all addresses of the machine.
        if (parsed.IsUnixPipe || parsed.IsNamedPipe || !IsLoopback(parsed.Host))
            return SecurityTexts.AddressNotLoopback.With(address, Default);
        return parsed.Port == 0 && !IPAddress.TryParse(parsed.Host, out _) ? SecurityTexts.AddressWithoutPort.With(address) : null;
    }

    /// <summary>True for <c>localhost</c>, 127.0.0.0/8 and <c>::1</c>; a name that could be resolved elsewhere is not among them.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
