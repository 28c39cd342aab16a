using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Host;

namespace Darkroom.LocalHost.Functions;

/// <summary>Converts bindings into the attributes that the WebJobs SDK needs to index functions.</summary>
#pragma warning disable CS0618 // needed to convert binding JSON into attributes; the Functions host uses it too
internal sealed class BindingAttributes(IJobHostMetadataProvider extensions)
#pragma warning restore CS0618
{
    /// <summary>Returns the attribute of a binding, and the .NET type of its value in this process.</summary>
    /// <exception cref="StartException">No extension of the app supports such a binding.</exception>
    public (Attribute Attribute, Type ValueType) Of(Function function, Binding binding)
    {
        switch (binding.Type.ToUpperInvariant())
        {
            case "HTTPTRIGGER":
                return (new Http.HttpCallAttribute(), typeof(Microsoft.AspNetCore.Http.HttpContext));
            case "TIMERTRIGGER":
                return (Timer(binding), typeof(TimerInfo));
        }

        var type = extensions.GetAttributeTypeFromName(binding.Type)
            ?? throw new StartException(
                $"The function {function.Name} has a binding of type {binding.Type}, which no extension of the app supports. Add the "
                    + "package of that binding to the app and build it again.");
        try
        {
            var attribute = extensions.GetAttribute(type, binding.Json);
            return (
                attribute,
                extensions.GetDefaultType(attribute, binding.IsOutput ? FileAccess.Write : FileAccess.Read, binding.RequestedType));
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or ArgumentException or FormatException or Newtonsoft.Json.JsonException)
        {
            throw new StartException(
                $"The function {function.Name}, binding {binding.Name} ({binding.Type}): {exception.Message}", exception);
        }
    }

    /// <summary>Returns the attribute in the form that <see cref="ParameterBuilder"/> needs.</summary>
    public static CustomAttributeBuilder Builder(Attribute attribute)
    {
        var type = attribute.GetType();
        var values = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(
            property => property.GetIndexParameters().Length == 0)
            .Select(property => (Property: property, Value: property.GetValue(attribute))).Where(one => one.Value is not null)
            .ToDictionary(one => one.Property.Name, one => one, StringComparer.OrdinalIgnoreCase);
        // Use the constructor with the most parameters that all have a value. Set the other properties by name.
        var constructor = type.GetConstructors()
            .Where(one => one.GetParameters().All(parameter => values.ContainsKey(parameter.Name!)))
            .MaxBy(one => one.GetParameters().Length)
            ?? throw new StartException(
                $"{type.Name} cannot be created from its properties. This host does not support the extension.");
        var rest = values.Values.Where(
            one => one.Property.SetMethod is { IsPublic: true } && Nullable.GetUnderlyingType(one.Property.PropertyType) is null).ToArray();
        return new CustomAttributeBuilder(
            constructor, [.. constructor.GetParameters().Select(parameter => values[parameter.Name!].Value)],
            [.. rest.Select(one => one.Property)], [.. rest.Select(one => one.Value)]);
    }

    private static TimerTriggerAttribute Timer(Binding binding) => new(binding.Text("schedule") ?? "")
    {
        RunOnStartup = bool.TryParse(binding.Text("runOnStartup"), out var onStartup) && onStartup,
        UseMonitor = !bool.TryParse(binding.Text("useMonitor"), out var monitored) || monitored,
    };
}
