using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Darkroom.Functions.Tests.Architecture;

/// <summary>A class has at most five collaborators. The clock and the log do not count, and neither do values.</summary>
public sealed class CollaboratorsTests
{
    private const int Max = 5;

    [Fact]
    public void Classes_HaveAtMostFiveCollaborators() => Assert.Empty(TooMany(typeof(DarkroomServices).Assembly.GetTypes()));

    [Fact]
    public void Classes_SeededBreak_IsNamed() => Assert.Equal(["SeededBreak: 6"], TooMany([typeof(SeededBreak)]));

    private static string[] TooMany(IEnumerable<Type> types) =>
    [
        .. from type in types
        where type is { IsClass: true, IsAbstract: false, Namespace: not null } && !IsRecord(type)
        let most = type.GetConstructors().Select(one => one.GetParameters().Count(IsCollaborator)).DefaultIfEmpty().Max()
        where most > Max
        select $"{type.Name}: {most}",
    ];

    private static bool IsCollaborator(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return type.Name == "DarkroomSettings"
            || (!type.IsValueType && type != typeof(string) && type != typeof(TimeProvider) && !typeof(ILogger).IsAssignableFrom(type)
                && !typeof(Delegate).IsAssignableFrom(type) && !IsRecord(type));
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    // Six collaborators, one clock and one value.
    private sealed class SeededBreak
    {
        public SeededBreak(object a, object b, object c, object d, object e, Type f, TimeProvider time, string value)
        {
            _ = (a, b, c, d, e, f, time, value);
        }
    }
}
