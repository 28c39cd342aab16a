using Darkroom.Infra.Tests.Files;
using Darkroom.Infra.Tests.Templates;

namespace Darkroom.Infra.Tests.Storage;

/// <summary>The deployment creates the containers and queues that the code uses, and the poison queue of each queue trigger.</summary>
internal static class StorageNames
{
    public static IEnumerable<string> Check(Checkout checkout)
    {
        var templates = ArmTemplate.Parse(checkout).All().ToList();
        var code = new NamesInCode(checkout);
        var triggers = code.TriggerQueues();
        var queues = triggers.OfType<string>().SelectMany(name => (string[])[name, $"{name}-poison"]).Concat(code.Queues());
        return
        [
            .. triggers.Where(name => name is null).Select(_ => "a queue trigger's name is neither a literal nor a constant"),
            .. triggers.Count == 0 ? (string[])["the code has no queue trigger: this rule reads its name from [QueueTrigger(…)]"] : [],
            .. code.Containers()
                .Except(Made("containerNames"))
                .Select(name => $"the code uses the container \"{name}\", which the deployment does not make"),
            .. queues.Except(Made("queueNames")).Select(name => $"the code uses the queue \"{name}\", which the deployment does not make"),
            // The package container gets its name from a parameter and is used by the platform only, so it is left out.
            .. Made("containerNames")
                .Where(name => !name.StartsWith('['))
                .Except(code.Containers())
                .Select(name => $"the deployment makes the container \"{name}\", which the code does not use"),
        ];

        IEnumerable<string> Made(string variable) =>
            templates.SelectMany(template => template.Variables)
                .Where(one => one.Name == variable)
                .SelectMany(one => JsonWalk.Texts(one.Value));
    }
}
