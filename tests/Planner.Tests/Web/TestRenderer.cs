using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Planner.Web.Components.Shared;

#pragma warning disable BL0006 // The render tree is the framework's own business; tests may look.

namespace Planner.Tests.Web;

/// <summary>Renders a component without a browser, raises its events and gives its HTML. Scripts are answered with nothing.</summary>
internal sealed class TestRenderer(IServiceProvider services) : StaticHtmlRenderer(services, NullLoggerFactory.Instance)
{
    private readonly HashSet<int> _components = [];
    private HtmlRootComponent _root;

    internal static TestRenderer Create(Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IJSRuntime, SilentScript>().AddSingleton<Toasts>().AddSingleton<NavigationManager, StandingAddress>().AddSingleton<AddressViewState>().AddSingleton<IErrorBoundaryLogger, LoudBoundary>();
        // No test renders a component to save a file of it.
        services.AddSingleton(provider => new PageFiles(null!, provider.GetRequiredService<NavigationManager>()));
        add?.Invoke(services);
        return new TestRenderer(services.BuildServiceProvider());
    }

    internal async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await Dispatcher.InvokeAsync(async () =>
        {
            _root = BeginRenderingComponent(typeof(T), ParameterView.FromDictionary(parameters.ToDictionary(pair => pair.Name, pair => pair.Value)));
            await _root.QuiescenceTask;
        });
        return await HtmlAsync();
    }

    internal Task<string> HtmlAsync() => Dispatcher.InvokeAsync(() => _root.ToHtmlString());

    /// <summary>The component of a type that was rendered last.</summary>
    internal T Find<T>()
        where T : class, IComponent
    {
        foreach (var component in _components.OrderDescending())
        {
            var frames = GetCurrentRenderTreeFrames(component);
            for (var i = 0; i < frames.Count; i++)
            {
                if (frames.Array[i] is { FrameType: RenderTreeFrameType.Component, Component: T found })
                {
                    return found;
                }
            }
        }

        throw new InvalidOperationException($"There is no {typeof(T).Name}.");
    }

    /// <summary>All components of a type that are rendered now.</summary>
    internal IReadOnlyList<T> All<T>()
        where T : class, IComponent
    {
        var found = new List<T>();
        foreach (var component in _components)
        {
            var frames = GetCurrentRenderTreeFrames(component);
            for (var i = 0; i < frames.Count; i++)
            {
                if (frames.Array[i] is { FrameType: RenderTreeFrameType.Component, Component: T one })
                    found.Add(one);
            }
        }

        return found;
    }

    /// <summary>Clicks the first element whose own attributes satisfy a condition.</summary>
    internal Task ClickAsync(string attribute, string value) => RaiseAsync("onclick", attribute, value, new MouseEventArgs());

    /// <summary>Submits the first form whose own attributes satisfy a condition.</summary>
    internal Task SubmitAsync(string attribute, string value) => RaiseAsync("onsubmit", attribute, value, EventArgs.Empty);

    /// <summary>Enters a text into the first field whose own attributes satisfy a condition, and leaves it.</summary>
    internal Task ChangeAsync(string attribute, string value, string text) => RaiseAsync("onchange", attribute, value, new ChangeEventArgs { Value = text });

    /// <summary>Types a text into the first field whose own attributes satisfy a condition, and stays in it.</summary>
    internal Task KeyAsync(string attribute, string value, string text) => RaiseAsync("oninput", attribute, value, new ChangeEventArgs { Value = text });

    /// <summary>Types a number into the first such field and leaves it before the pause in which more would be awaited.</summary>
    internal async Task TypeAsync(string attribute, string value, string text)
    {
        var typing = KeyAsync(attribute, value, text);
        await ChangeAsync(attribute, value, text);
        await typing;
    }

    private Task RaiseAsync(string name, string attribute, string value, EventArgs raised) => Dispatcher.InvokeAsync(() =>
    {
        foreach (var component in _components)
        {
            var frames = GetCurrentRenderTreeFrames(component);
            for (var i = 0; i < frames.Count; i++)
            {
                if (frames.Array[i].FrameType == RenderTreeFrameType.Element && Handler(frames, i, name, attribute, value) is { } handler)
                {
                    return DispatchEventAsync(handler, null, raised, waitForQuiescence: true);
                }
            }
        }

        throw new InvalidOperationException($"Nothing with {attribute} “{value}” answers {name}.");
    });

    protected override IComponent ResolveComponentForRenderMode(Type componentType, int? parentComponentId, IComponentActivator componentActivator, IComponentRenderMode renderMode) =>
        componentActivator.CreateInstance(componentType);

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        for (var i = 0; i < renderBatch.UpdatedComponents.Count; i++)
        {
            _components.Add(renderBatch.UpdatedComponents.Array[i].ComponentId);
        }

        for (var i = 0; i < renderBatch.DisposedComponentIDs.Count; i++)
        {
            _components.Remove(renderBatch.DisposedComponentIDs.Array[i]);
        }

        return base.UpdateDisplayAsync(renderBatch);
    }

    private static ulong? Handler(ArrayRange<RenderTreeFrame> frames, int element, string name, string attribute, string value)
    {
        var (found, handler) = (false, 0UL);
        for (var i = element + 1; i < frames.Count && frames.Array[i].FrameType == RenderTreeFrameType.Attribute; i++)
        {
            found |= frames.Array[i].AttributeName == attribute && frames.Array[i].AttributeValue as string == value;
            handler = frames.Array[i].AttributeName == name ? frames.Array[i].AttributeEventHandlerId : handler;
        }

        return found && handler != 0 ? handler : null;
    }

    /// <summary>A boundary hides a fault from the reader; a test must see it.</summary>
    private sealed class LoudBoundary : IErrorBoundaryLogger
    {
        public ValueTask LogErrorAsync(Exception exception) => throw new InvalidOperationException("A part of the page failed.", exception);
    }

    private sealed class StandingAddress : NavigationManager
    {
        public StandingAddress() => Initialize("http://localhost/", "http://localhost/scenarios/new");
    }

    private sealed class SilentScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => default;

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
