/** The shop's head: its name, and the way to one's messages. */
import { useUnread } from '../react/hooks.ts';
import { Badge } from '../ui/base/Badge.tsx';
import { Icon } from '../ui/base/Icon.tsx';
import { Link } from '../ui/navigation.tsx';
import { useWords } from '../words/area.tsx';
import { useLanguage } from '../words/chosen-language.ts';
import { launchWords } from '../words/launch.ts';
import { shopWords } from '../words/shop.ts';

/** `isChat`: one is there already. */
export function ShopHead({ isChat }: { isChat: boolean }) {
  const shop = useWords(shopWords);
  return (
    <header className="shop-head">
      <Link href="/" className="shop-head__brand">
        <img src="/favicon.svg" alt="" width="32" height="32" />
        {shop.brand}
      </Link>
      <MessagesLink isChat={isChat} />
    </header>
  );
}

/** Unread messages of all shops. A missing count is not worth a word. */
function MessagesLink({ isChat }: { isChat: boolean }) {
  const { messages } = useWords(shopWords);
  const [language] = useLanguage();
  const count = useUnread()?.messages ?? 0;
  return (
    <Link href="/chat" className="shop-head__messages" aria-current={isChat ? 'page' : undefined}>
      <Icon name="chat" />
      {messages}
      <Badge count={count} label={launchWords[language].unread(count)} />
    </Link>
  );
}
